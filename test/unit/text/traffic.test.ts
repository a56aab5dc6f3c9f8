import { expect, test } from 'vitest';
import type { Group, Traffic } from '../../../src/model/fleet.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { groupLines } from '../../../src/text/fleet-lines.ts';
import { painter } from '../../../src/text/paint.ts';
import { trafficLines } from '../../../src/text/traffic.ts';
import { balancer, group, instance } from '../insight/rollback/facts.ts';

function traffic(state: Traffic['state'], reason: string | null = null, by = 'public'): Traffic {
  return { state, by: ownText(by), reason: reason === null ? null : ownText(reason) };
}

function behind(...told: (Traffic | null)[]): Group {
  const instances = told.map((each, index) => instance(`i-${index}`, { traffic: each }));
  return group({ front: { balancers: [balancer()], unread: null }, instances });
}

const FAILED = 'Target.FailedHealthChecks: Health checks failed';
const MISMATCH = 'Target.ResponseCodeMismatch: Health checks failed with these codes: [502]';
const CLASSIC = 'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.';

test.each<[string, Group, string | undefined]>([
  ['all well', behind(traffic('healthy')), undefined],
  ['nothing attached', group(), undefined],
  [
    'two of three',
    behind(traffic('unhealthy', FAILED), traffic('unhealthy', FAILED), traffic('healthy')),
    'bad load balancer: 2/3 unhealthy, Target.FailedHealthChecks',
  ],
  [
    'for several reasons',
    behind(traffic('unhealthy', FAILED), traffic('unhealthy', MISMATCH)),
    'bad load balancer: 2/2 unhealthy, Target.FailedHealthChecks, Target.ResponseCodeMismatch [502]',
  ],
  [
    'several states, the worst first',
    behind(traffic('initial', 'Elb.InitialHealthChecking: x'), traffic('unused', 'Target.NotInUse'), null),
    'warn load balancer: 1/2 unused, Target.NotInUse; 1/2 initial',
  ],
  ['coming', behind(traffic('healthy'), traffic('initial')), 'accent load balancer: 1/2 initial'],
  ['a word of AWS that is new', behind(traffic(ownText('resting'))), 'warn load balancer: 1/1 resting'],
  [
    'a classic one',
    behind(traffic('unhealthy', CLASSIC)),
    `bad load balancer: 1/1 unhealthy, ${CLASSIC.slice(0, -1)}`,
  ],
  [
    'one of two balancers',
    {
      ...behind(traffic('unhealthy', FAILED, 'internal')),
      front: { balancers: [balancer(), balancer()], unread: null },
    },
    'bad internal: 1/1 unhealthy, Target.FailedHealthChecks',
  ],
])('what a load balancer thinks: %s', (_name, of, says) => {
  const line = trafficLines([of]).get(of.name);
  expect(line && `${line.tone} ${line.text}`).toBe(says);
});

test('instances on their way out say nothing', () => {
  const leaving = instance('i-1', { lifecycle: ownText('Terminating'), traffic: traffic('draining') });
  expect(trafficLines([group({ instances: [leaving] })]).size).toBe(0);
});

test('why it is not known is said once', () => {
  const unread = { why: ownText('Not allowed: your role lacks it.'), lasting: true };
  const front = { balancers: [balancer()], unread };
  const groups = [group({ name: ownText('new'), front }), group({ name: ownText('old'), front })];
  expect([...trafficLines(groups)]).toEqual([
    ['new', { text: 'load balancer: Not allowed: your role lacks it.', tone: 'muted' }],
  ]);
});

test('a group in text: the load balancer in a line of its own, and the instance that only it finds sick', () => {
  const of = behind(traffic('unhealthy', MISMATCH), traffic('healthy'));
  const view = {
    group: of,
    version: '1.0.282',
    disagreement: [],
    traffic: trafficLines([of]).get(of.name) ?? null,
  };
  const [head, line, first, second] = groupLines(view, of.createdAt, 80, painter(false));
  expect(head).toContain('2/2 in service  1 in trouble');
  expect(line).toBe('  load balancer: 1/2 unhealthy, Target.ResponseCodeMismatch [502]');
  expect(first).toContain('load balancer: unhealthy, Target');
  expect(second).toContain('containers not read');
});
