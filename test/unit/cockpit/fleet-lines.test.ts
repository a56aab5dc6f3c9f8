import { describe, expect, it } from 'vitest';
import { groupLine } from '../../../src/cockpit/panes/fleet-lines.ts';
import { instanceState } from '../../../src/cockpit/stores/fleet-tree.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';
import type { Container, Instance } from '../../../src/model/fleet.ts';
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
