import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/config/schema.ts';
import { systemsSchema } from '../../../src/config/systems/index.ts';
import { HOUR } from '../../../src/model/instant.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { clinic } from './clinic.ts';

test('all that is configured is well: who, how fast, whose clock, what is left', async () => {
  const { examine } = await clinic();
  const all = await examine();
  expect(all.filter(({ ok }) => !ok)).toEqual([]);
  expect(all.map(({ system, environment }) => `${system} ${environment ?? ''}`.trim())).toEqual(
    expect.arrayContaining(['pagerduty', 'splunk', 'aws prod', 'aws test', 'docker prod', 'docker test']),
  );
  const of = (system: string) => all.find((one) => one.system === system);
  expect(of('pagerduty')).toMatchObject({
    identity: 'Sam Okafor sam@harbour.example',
    missing: [],
    budget: { left: expect.any(Number), of: 960 },
    problem: null,
    fix: null,
  });
  expect(of('splunk')?.identity).toBe('oncall');
  expect(of('aws')?.identity).toBe('arn:aws:iam::210987654321:user/sam');
  expect(of('docker')?.identity).toMatch(/: 5 containers, Docker /);
  for (const one of all) {
    expect(one.latencyMs).toBeGreaterThan(0);
    expect(one.skewMs).not.toBeNull();
  }
});

test('every system that can be configured can be examined', async () => {
  const { loaded } = await clinic();
  const { configured, notConfigured } = candidates(loaded);
  const known = new Set([...configured.map(({ system }) => system), ...notConfigured]);
  expect(Object.keys(systemsSchema.shape).filter((name) => !known.has(name))).toEqual([]);
});

test('nothing is changed by it', async () => {
  const { examine, practice } = await clinic();
  await examine();
  expect(practice.host.log.all().filter(({ mutation }) => mutation)).toEqual([]);
});

const ASKED = ['pagerduty', 'splunk', 'aws'] as const;

describe.each(ASKED)('%s', (system) => {
  test('a token that is not accepted', async () => {
    const { examine, spoil } = await clinic();
    spoil(system, 'status', { status: 401 });
    for (const one of await examine(system)) {
      expect(one).toMatchObject({ ok: false, failure: { code: 'unauthorized' } });
      expect(one.fix).toMatch(
        system === 'aws' ? /^renew the credentials of the profile practice$/ : /valid token/,
      );
    }
  });

  test('a proxy’s page instead of an answer', async () => {
    const { examine, spoil } = await clinic();
    spoil(system, 'garbage');
    for (const one of await examine(system)) {
      expect(one).toMatchObject({ ok: false, failure: { code: 'unreadable' } });
      expect(one.fix).toMatch(/whether a proxy or login page answers/);
    }
  });

  test('no answer', async () => {
    const { examine, spoil } = await clinic({ patienceMs: 1_500 });
    spoil(system, 'hang');
    for (const one of await examine(system)) {
      expect(one).toMatchObject({ ok: false, failure: { code: 'timeout' }, latencyMs: null });
      expect(one.fix).toMatch(/network and the VPN/);
    }
  });

  test('a problem of its own', async () => {
    const { examine, spoil } = await clinic({ patienceMs: 4_000 });
    spoil(system, 'status', { status: 503 });
    for (const one of await examine(system)) {
      expect(one.ok).toBe(false);
      expect(one.fix).not.toBeNull();
    }
  });

  test('a certificate of an authority that is not named', async () => {
    const { examine } = await clinic({ tls: true, change: withoutAuthority });
    for (const one of await examine(system)) {
      expect(one).toMatchObject({ ok: false, failure: { code: 'tls' } });
      expect(one.fix).toMatch(
        system === 'aws' ? /environments\.\w+\.aws\.ca_file$/ : new RegExp(`systems\\.${system}\\.ca_file$`),
      );
    }
  });
});

test('over TLS with the authority named, all is well', async () => {
  const { examine } = await clinic({ tls: true });
  expect((await examine()).filter(({ ok }) => !ok)).toEqual([]);
});

describe('what may not be read is named', () => {
  test.each([
    ['GET /incidents', 'incidents.read'],
    ['GET /oncalls', 'oncalls.read'],
    ['GET /services', 'services.read'],
  ])('pagerduty: %s', async (operation, scope) => {
    const { examine, spoil } = await clinic();
    spoil('pagerduty', 'status', { match: { operation }, status: 403 });
    expect(await examine('pagerduty')).toMatchObject([
      { ok: false, missing: [scope], identity: 'Sam Okafor sam@harbour.example', fix: `grant ${scope}` },
    ]);
  });

  test.each([
    ['DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingGroups'],
    ['DescribeInstances', 'ec2:DescribeInstances'],
    ['DescribeStackEvents', 'cloudformation:DescribeStackEvents'],
    ['DescribeImages', 'ecr:DescribeImages'],
    ['DescribeTargetHealth', 'elasticloadbalancing:DescribeTargetHealth'],
    ['DescribeAlarms', 'cloudwatch:DescribeAlarms'],
    ['StartLiveTail', 'logs:StartLiveTail'],
    ['StartQuery', 'logs:StartQuery'],
  ])('aws: %s', async (operation, action) => {
    const { examine, spoil } = await clinic();
    spoil('aws', 'status', { match: { operation }, status: 403 });
    for (const one of await examine('aws')) expect(one).toMatchObject({ ok: false, missing: [action] });
  });

  test('splunk: the search itself', async () => {
    const { examine, spoil } = await clinic();
    spoil('splunk', 'status', { match: { operation: 'POST /services/search/v2/jobs' }, status: 403 });
    const [one] = await examine('splunk');
    expect(one).toMatchObject({ ok: false, identity: 'oncall' });
    expect(one?.fix).toMatch(/let the role search the index/);
  });
});

test('a clock that is another than PagerDuty’s', async () => {
  const other = await clinic();
  other.practice.world.advance((3 * HOUR) / 1_000);
  const { examine } = await clinic({
    change: (config) => ({
      ...config,
      systems: { ...config.systems, splunk: other.loaded.config.systems.splunk },
    }),
  });
  const [splunk] = await examine('splunk');
  expect(splunk).toMatchObject({ ok: false, problem: 'Its clock is 3h ahead of PagerDuty’s.' });
  expect((await examine('aws')).every(({ ok }) => ok)).toBe(true);
});

test('credentials of another account than the environment’s', async () => {
  const { examine } = await clinic({
    change: (config) => eachEnvironment(config, (one) => ({ ...one, account: '111111111111' })),
  });
  for (const one of await examine('aws')) {
    expect(one.ok).toBe(false);
    expect(one.problem).toMatch(/are of account 210987654321, but \w+ is account 111111111111/);
    expect(one.fix).toMatch(/^mend environments\.\w+\.aws/);
  }
});

test('an instance whose Docker does not answer', async () => {
  const { examine } = await clinic({
    change: (config) => ({
      ...config,
      environments: Object.fromEntries(
        Object.entries(config.environments).map(([name, one]) => [
          name,
          { ...one, containers: { socket: 'unix:///nowhere/{instance}.sock' } },
        ]),
      ),
    }),
  });
  for (const one of await examine('docker')) {
    expect(one).toMatchObject({ ok: false, failure: { code: 'refused' } });
    expect(one.fix).toMatch(/check environments\.\w+\.containers\.socket/);
  }
});

test('without AWS there is no instance to try', async () => {
  const { examine, spoil } = await clinic();
  spoil('aws', 'status', { status: 401 });
  for (const one of await examine('docker')) expect(one.fix).toMatch(/^mend aws \w+ first$/);
});

type Aws = NonNullable<Config['environments'][string]['aws']>;

function eachEnvironment(config: Config, change: (aws: Aws) => Aws): Config {
  return {
    ...config,
    environments: Object.fromEntries(
      Object.entries(config.environments).map(([name, one]) => [
        name,
        one.aws === undefined ? one : { ...one, aws: change(one.aws) },
      ]),
    ),
  };
}

function withoutAuthority(config: Config): Config {
  const { pagerduty, splunk } = config.systems;
  const systems = {
    ...config.systems,
    ...(pagerduty === undefined ? {} : { pagerduty: { ...pagerduty, ca_file: undefined } }),
    ...(splunk === undefined ? {} : { splunk: { ...splunk, ca_file: undefined } }),
  };
  return eachEnvironment({ ...config, systems }, (aws) => ({ ...aws, ca_file: undefined }));
}
