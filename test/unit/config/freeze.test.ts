import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { ConfigFolder, TRIBE } from './folder.ts';

let home: ConfigFolder;

beforeEach(() => {
  home = new ConfigFolder();
});
afterEach(() => home.remove());

const load = (...freezes: readonly string[]) => {
  home.write('oncall.yaml', `${TRIBE}freeze:\n${freezes.map((each) => `  - { ${each} }\n`).join('')}`);
  return loadConfig({ env: home.env });
};

test('dates and parts of every week become windows', async () => {
  const { catalog } = await load(
    "from: 2026-12-20T00:00:00+01:00, to: 2026-12-27T00:00:00Z, environments: [prod], reason: 'Christmas'",
    'from: Fri 16:00, to: Mon 08:30, time_zone: Europe/London, services: [charge-central], reason: weekend',
  );
  expect(catalog.freezes).toEqual([
    {
      window: { kind: 'once', from: Date.UTC(2026, 11, 19, 23), to: Date.UTC(2026, 11, 27) },
      environments: ['prod'],
      services: null,
      reason: 'Christmas',
    },
    {
      window: {
        kind: 'weekly',
        from: { weekday: 5, minutes: 16 * 60 },
        to: { weekday: 1, minutes: 8 * 60 + 30 },
        timeZone: 'Europe/London',
      },
      environments: null,
      services: ['charge-central'],
      reason: 'weekend',
    },
  ]);
});

test.each([
  ['from: Friday, to: Mon 08:00, reason: x', 'Fri 16:00 for every week'],
  ['from: Fri 25:00, to: Mon 08:00, reason: x', 'Fri 16:00 for every week'],
  ['from: Fri 16:00, to: 2026-12-20T00:00:00Z, reason: x', 'both dates, or both of a week'],
  ['from: 2026-12-21T00:00:00Z, to: 2026-12-20T00:00:00Z, reason: x', 'ends before it begins'],
  ['from: 2026-13-21T00:00:00Z, to: 2026-12-20T00:00:00Z, reason: x', 'no such date'],
  ['from: Fri 16:00, to: Mon 08:00, time_zone: Europe/Lundon, reason: x', 'no such time zone'],
  ['from: Fri 16:00, to: Mon 08:00, environments: [prd], reason: x', 'Did you mean prod?'],
  ['from: Fri 16:00, to: Mon 08:00, services: [charge], reason: x', 'Did you mean charge-central?'],
  ['from: Fri 16:00, to: Mon 08:00', 'reason'],
])('%s', async (freeze, says) => {
  const thrown = await load(freeze).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ConfigError);
  expect((thrown as ConfigError).message).toContain(says);
  expect((thrown as ConfigError).message).toMatch(/oncall\.yaml:\d+:\d+/);
});
