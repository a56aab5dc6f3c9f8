import { describe, expect, it } from 'vitest';
import { groupLine, instanceSpans } from '../../../src/cockpit/panes/fleet-lines.ts';
import { fleetRows, instanceState } from '../../../src/cockpit/stores/fleet-tree.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';
import type { Container, Instance, Traffic } from '../../../src/model/fleet.ts';
import { safeText } from '../../../src/model/safe-text.ts';
import { container, group, instance } from '../../component/story.ts';

const containers = (changes: Partial<Container>) => [
  container('nginx'),
  container('charge-central', changes),
];
const starting = containers({ health: safeText('starting') });
const restarting = containers({ state: safeText('restarting'), health: null });

describe('an instance', () => {
  it.each<[string, Partial<Instance>]>([
    ['well', {}],
    ['well', { containers: null }],
    ['starting', { containers: starting }],
    ['starting', { containers: containers({ state: safeText('created'), health: null }) }],
    ['starting', { lifecycle: safeText('Pending:Wait'), containers: null }],
    ['unhealthy', { containers: restarting }],
    ['unhealthy', { lifecycle: safeText('Pending'), containers: restarting }],
    ['unhealthy', { health: safeText('Unhealthy') }],
    [
      'leaving',
      { lifecycle: safeText('Terminating'), health: safeText('Unhealthy'), containers: restarting },
    ],
  ])('is %s with %o', (state, changes) => {
    expect(instanceState(instance('i-1', changes))).toBe(state);
  });
});

const refused: Traffic = {
  state: 'unhealthy',
  by: safeText('charge-central'),
  reason: safeText('Target.Timeout: Request timed out'),
};

describe('behind a load balancer', () => {
  const sick = instance('i-1', { traffic: refused });
  const rows = (...instances: Instance[]) =>
    fleetRows([group('1.0.282', instances)], new Set(), () => true).map(({ kind }) => kind);

  it('an instance that it finds sick is unhealthy, and says why where its containers are well', () => {
    expect(instanceState(sick)).toBe('unhealthy');
    expect(lineText(instanceSpans(sick))).toContain('load balancer: unhealthy, Target.Timeout');
  });

  it('one that it does not know well yet is starting', () => {
    expect(instanceState(instance('i-1', { traffic: { ...refused, state: 'initial' } }))).toBe('starting');
  });

  it('a row of its own, where there is something to say', () => {
    expect(rows(sick)).toEqual(['group', 'traffic', 'instance']);
    expect(rows(instance('i-1', { traffic: { ...refused, state: 'healthy' } }))).toEqual([
      'group',
      'instance',
    ]);
  });
});

describe('a group', () => {
  const line = (...changes: Partial<Instance>[]) =>
    lineText(
      groupLine(
        group(
          '1.0.282',
          changes.map((each, index) => instance(`i-${index}`, each)),
        ),
        null,
      ),
    );

  it('that comes up calls nothing unhealthy', () => {
    expect(line({ lifecycle: safeText('Pending') }, { containers: starting }, {})).toMatch(
      /^1\.0\.282 {2}2\/3 InService {2}2 starting {2}charge/,
    );
  });

  it('that goes says how many leave', () => {
    expect(line({ lifecycle: safeText('Terminating') }, { containers: restarting })).toMatch(
      /1\/2 InService {2}1 unhealthy {2}1 leaving/,
    );
  });
});
