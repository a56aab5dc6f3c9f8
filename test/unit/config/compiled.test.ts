import { chmodSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkConfig } from '../../../src/config/check.ts';
import { openCompiled } from '../../../src/config/compiled.ts';
import { readSources } from '../../../src/config/sources.ts';
import { stateFolderOf } from '../../../src/config/state.ts';
import { ConfigFolder, TRIBE } from './folder.ts';

let home: ConfigFolder;
let file: string;

beforeEach(async () => {
  home = new ConfigFolder();
  file = join(stateFolderOf(home.path('oncall.yaml'), env()), 'config.json');
  await write();
});
afterEach(() => home.remove());

const env = (extra: NodeJS.ProcessEnv = {}) => ({
  ...home.env,
  XDG_STATE_HOME: join(home.home, 'state'),
  ...extra,
});
const open = (extra?: NodeJS.ProcessEnv, build: string | null = 'build-1') =>
  openCompiled(readSources({ env: env(extra) }), env(extra), build);
const check = (extra?: NodeJS.ProcessEnv) => checkConfig(readSources({ env: env(extra) }), env(extra)).loaded;
const write = () => open().write(check());

test('what was checked is read again as it was, by us alone', () => {
  expect(open().read()).toEqual(check());
  expect(readdirSync(join(file, '..'))).toEqual(['config.json']);
  chmodSync(file, 0o640);
  expect(open().read()).toBeNull();
});

describe('not read', () => {
  test('when oncall.yaml changed, in its text or in who may read it', () => {
    home.write('oncall.yaml', TRIBE.replace('Harbour', 'Harbouz'));
    expect(open().read()).toBeNull();
    home.write('oncall.yaml', TRIBE, 0o644);
    expect(open().read()).toBeNull();
    home.write('oncall.yaml', TRIBE);
    expect(open().read()).not.toBeNull();
  });

  test('when user.yaml came or changed', async () => {
    home.write('user.yaml', 'bell: false\n');
    expect(open().read()).toBeNull();
    await write();
    expect(open().read()?.user.bell).toBe(false);
    home.write('user.yaml', 'bell: true\n');
    expect(open().read()).toBeNull();
  });

  test('when a variable may set a value, or you are another', () => {
    expect(open({ ONCALL_TRIBE: 'Other' }).read()).toBeNull();
    expect(open({ ONCALL_TRIBE: '' }).read()).not.toBeNull();
    expect(open({ ONCALL_USER_EMAIL: 'sam@harbour.example' }).read()).toBeNull();
  });

  test('by another build, or by the sources as they are', () => {
    expect(open({}, 'build-2').read()).toBeNull();
    expect(open({}, null).read()).toBeNull();
  });

  test('when it is damaged or a link', () => {
    const whole = readFileSync(file, 'utf8');
    for (const text of ['', whole.slice(0, -20), 'null', '{}', '[]']) {
      writeFileSync(file, text);
      expect(open().read()).toBeNull();
    }
    writeFileSync(file, whole);
    renameSync(file, `${file}.real`);
    symlinkSync(`${file}.real`, file);
    expect(open().read()).toBeNull();
  });
});

test('a password in a URL is not copied', async () => {
  home.write('oncall.yaml', `${TRIBE}proxy: http://sam:hunter2@proxy.example:3128\n`);
  await write();
  expect(open().read()).toBeNull();
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
});

test('a token’s value in the environment leaves no trace', async () => {
  const token = { ONCALL_PD_TOKEN: 'u+secret-token' };
  await open(token).write(check(token));
  expect(open({ ONCALL_PD_TOKEN: 'u+other-token' }).read()).not.toBeNull();
  expect(readFileSync(file, 'utf8')).not.toContain('secret-token');
});
