import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { ConfigFolder, TRIBE } from './folder.ts';

let home: ConfigFolder;

beforeEach(() => {
  home = new ConfigFolder();
});
afterEach(() => home.remove());

const load = (...lines: readonly string[]) => {
  home.write('oncall.yaml', `${TRIBE}${lines.join('\n')}\n`);
  return loadConfig({ env: home.env });
};

test('a role has its workdays, and the holidays of the tribe', async () => {
  const { catalog } = await load(
    'roles:',
    '  dingo: { schedule: PDGO, hours: "09:00-17:00", time_zone: Asia/Dubai, days: [Sun, Mon, Tue, Wed, Thu] }',
    'holidays:',
    '  - { date: 2026-12-25, name: Christmas Day }',
    '  - { date: 2026-12-29, to: 2026-12-31 }',
    'working_days: [2026-12-30]',
  );
  expect(catalog.roles[0]?.workdays).toEqual({
    weekdays: [7, 1, 2, 3, 4],
    holidays: [
      { from: '2026-12-25', to: '2026-12-25', name: 'Christmas Day' },
      { from: '2026-12-29', to: '2026-12-31', name: null },
    ],
    workedOn: ['2026-12-30'],
  });
});

test.each([
  ['holidays: [{ date: 2026-02-30 }]', 'write a date that there is'],
  ['holidays: [{ date: 2026-12-25, to: 2026-12-24 }]', 'ends before it begins'],
  ['working_days: [Saturday]', 'write a date that there is'],
  ['roles: { owl: { schedule: P, time_zone: Europe/Lundon } }', 'no such time zone'],
  ['roles: { dingo: { schedule: P, days: [Mo] } }', 'Mon'],
])('%s', async (line, says) => {
  const thrown = await load(line).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ConfigError);
  expect((thrown as ConfigError).message).toContain(says);
  expect((thrown as ConfigError).message).toMatch(/oncall\.yaml:\d+:\d+/);
});

test('what texts may call a service is known beside its name', async () => {
  const { catalog } = await load();
  const [service] = catalog.services;
  expect(service?.knownAs).toEqual(Object.values(service?.in ?? {}).map(({ stack }) => stack));
});
