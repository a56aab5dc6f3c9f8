import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stateFolder } from '../../../src/config/state.ts';
import { openUserState } from '../../../src/config/user-state.ts';
import { ConfigFolder } from './folder.ts';

let home: ConfigFolder;

beforeEach(() => {
  home = new ConfigFolder();
});
afterEach(() => home.remove());

test('what the cockpit was told is there the next time, for its person alone', async () => {
  await openUserState(home.folder).set({ environment: 'test', sizes: { incidents: 12 } });
  expect(openUserState(home.folder).get()).toEqual({
    environment: 'test',
    sizes: { incidents: 12 },
    dismissedHints: [],
    searches: [],
  });
  expect(statSync(home.path('cockpit.json')).mode & 0o777).toBe(0o600);
});

test.each([
  ['torn', '{"environment":'],
  ['of another shape', '{"environment": 7}'],
])('a file that is %s is put aside, never erased', async (_name, text) => {
  writeFileSync(home.path('cockpit.json'), text);
  const state = openUserState(home.folder);
  expect(state.get().environment).toBeNull();
  await state.set({ environment: 'prod' });
  expect(openUserState(home.folder).get().environment).toBe('prod');
  expect(readdirSync(home.folder).some((name) => name.startsWith('cockpit.json.corrupt-'))).toBe(true);
});

test('a place that cannot be written is remembered until the end only', async () => {
  const state = openUserState(home.path('oncall.yaml/inside-a-file'));
  await state.set({ environment: 'test' });
  expect(state.get().environment).toBe('test');
});

test('each configuration has its folder, for its owner alone', () => {
  const before = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = home.path('state');
  try {
    const one = stateFolder({ file: home.path('oncall.yaml') });
    const other = stateFolder({ file: home.write('other.yaml', '') });
    expect(one).not.toBe(other);
    expect(existsSync(one)).toBe(true);
    expect(statSync(one).mode & 0o777).toBe(0o700);
  } finally {
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
  }
});
