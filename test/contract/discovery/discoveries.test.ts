import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { compose, type Finds } from '../../../src/commands/init/compose.ts';
import { configText } from '../../../src/commands/init/yaml.ts';
import { answersSchema } from '../../../src/config/answers.ts';
import { checkConfig } from '../../../src/config/check.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { LoadedConfig } from '../../../src/config/types.ts';
import { Failure } from '../../../src/model/failure.ts';
import type { Found } from '../../../src/model/ports/discovery.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { lookAround } from '../../../src/systems/discoveries.ts';

let practice: RunningPractice;
let loaded: LoadedConfig;

beforeAll(async () => {
  const options = { scenario: 'bad-deploy', seed: 1, speed: 1, tls: false, untilStdinCloses: false };
  practice = await startPractice(options);
  loaded = await loadConfig({ configFile: practice.line.config });
});

afterEach(() => practice.host.faults.clear());
afterAll(() => practice.stop());

/** What every system, or those named, tells. */
async function looked(only?: readonly string[]): Promise<ReadonlyMap<string, Found | Failure>> {
  const hints = { organisations: ['harbour'], catalogs: [] };
  const looks = lookAround(loaded, hints, new AbortController().signal, only);
  return new Map(await Promise.all(looks.map(async ({ system, answer }) => [system, await answer] as const)));
}

function finds(told: ReadonlyMap<string, Found | Failure>): Finds {
  return new Map([...told].flatMap(([system, found]) => (found instanceof Failure ? [] : [[system, found]])));
}

const answers = answersSchema.parse({
  tribe: 'Harbour',
  practice: true,
  default_environment: 'prod',
  environments: { prod: { guarded: true }, test: {} },
});

function composed(found: Finds) {
  const teams = [...found.values()].flatMap((one) => one.teams);
  const duties = [...found.values()].flatMap((one) => one.duties);
  return compose(answers, found, { teams, duties, settled: new Set() });
}

test('the practice world is found again as its own configuration has it, and nothing of it is unsure', async () => {
  const composition = composed(finds(await looked()));
  expect(composition.matching.doubts).toEqual([]);
  expect(composition.squads.map(({ value }) => value)).toEqual(loaded.config.squads);
  expect(composition.roles).toMatchObject({
    dingo: { schedule: 'PPOLDGO', hours: '09:00-17:00', time_zone: 'Europe/London' },
    owl: { schedule: 'PPOLOWL', hours: '17:00-09:00', time_zone: 'Europe/London' },
  });
  expect(composition.environmentNames).toEqual({
    pact: { prod: 'production' },
    bamboo: loaded.config.systems.bamboo?.environments,
  });
  const text = configText(answers, composition, { silent: [], date: '2026-11-17' });
  const source = { file: '/oncall.yaml', text, mode: 0o644 };
  const read = checkConfig({ tribe: source, userFile: '/user.yaml', user: null }, {}).loaded.config;
  expect(Object.keys(read.services)).toEqual(Object.keys(loaded.config.services).toSorted());
  const known = [
    'squad',
    'pagerduty_service',
    'image',
    'registry',
    'repo',
    'pacticipant',
    'runbook',
  ] as const;
  for (const [name, wanted] of Object.entries(loaded.config.services)) {
    const service = read.services[name];
    for (const key of known) expect([name, key, service?.[key]]).toEqual([name, key, wanted[key]]);
    expect(service?.environments).toEqual(wanted.environments);
    expect(service?.newrelic_entity).toEqual(wanted.newrelic_entity);
    expect(service?.logs ?? service?.log_group).toBeDefined();
    if (wanted.logs !== undefined) expect(service?.logs).toEqual(wanted.logs);
  }
});

test('a system that refuses leaves its own part out, and a permission that lacks is told', async () => {
  practice.host.faults.order({ system: 'splunk', match: {}, fault: 'status', status: 401, times: 50 });
  practice.host.faults.order({
    system: 'aws',
    match: { operation: 'DescribeRepositories' },
    fault: 'status',
    status: 403,
    times: 50,
  });
  const told = await looked(['splunk', 'aws', 'pagerduty']);
  expect(told.get('splunk')).toMatchObject({ code: 'unauthorized' });
  const aws = told.get('aws');
  expect(aws).toMatchObject({ gaps: ['ecr:DescribeRepositories is not allowed: nothing was found by it.'] });
  const { services } = composed(finds(told));
  expect(services['charge-central']?.value).toMatchObject({
    squad: 'billing',
    log_group: '/harbour/{environment}/charge-central',
    environments: { prod: { stack: 'charge-central' }, test: { stack: 'charge-central-test' } },
  });
});

test('what is unsure stands as a comment, and no value of it in force', () => {
  const pager = { name: ownText('Billing'), policy: 'P1', schedule: null, doubt: null };
  const thing = (kind: string, name: string, keys: Record<string, unknown>, isService = false) => ({
    system: 'any',
    kind,
    name: ownText(name),
    service: null,
    environment: null,
    squad: isService ? ownText('Billing') : null,
    isService,
    keys,
  });
  const found: Found = {
    teams: [pager],
    duties: [],
    channels: [],
    environmentNames: {},
    gaps: [],
    things: [
      thing('PagerDuty service', 'charge-central', { pagerduty_service: 'PX' }, true),
      thing('PagerDuty service', 'lonely', { pagerduty_service: 'PY' }, true),
      thing('repository', 'harbour/charge-central-service', { repo: 'harbour/charge-central-service' }),
      thing('repository', 'harbour/website', { repo: 'harbour/website' }),
    ],
  };
  const text = configText(answers, composed(new Map([['any', found]])), {
    silent: ['jenkins: it does not answer.'],
    date: '2026-11-17',
  });
  expect(text).toMatch(/# unsure: the repository harbour\/charge-central-service may be its, too/);
  expect(text).not.toMatch(/^ +repo:/m);
  expect(text).toMatch(/^# +repository harbour\/website$/m);
  expect(text).toMatch(/^# Told nothing.*\n# +jenkins: it does not answer\.$/m);
});
