import { expect, test } from 'vitest';
import type { Judgement, RollbackFacts } from '../../../../src/insight/rollback/facts.ts';
import { judge } from '../../../../src/insight/rollback/judge.ts';
import { HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { SignalRule } from '../../../../src/model/stack.ts';
import { deploy, event, facts, group, incident, NOW, stack } from './facts.ts';

const image = (hoursAgo: number): RollbackFacts['image'] => ({
  kind: 'found',
  image: { version: ownText('1.0.282'), digest: ownText('sha256:aabbcc'), pushedAt: NOW - hoursAgo * HOUR },
});
const status = (text: string) => ({ stack: { ...stack, status: ownText(text) } });
const change = (type: string): RollbackFacts['preview'] => ({
  kind: 'read',
  name: 'oncall-m1',
  changes: [
    {
      action: ownText('Modify'),
      resource: ownText('X'),
      resourceType: ownText(type),
      replacement: ownText('False'),
    },
  ],
});

const rule = (own: Partial<SignalRule>): Pick<RollbackFacts, 'signals'> => ({
  signals: { kind: 'read', rule: { count: 3, timeoutMs: 10 * MINUTE, inBatches: false, ...own } },
});

function result(id: string, world: Partial<RollbackFacts>): Judgement {
  const found = judge(facts(world)).find((judgement) => judgement.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

test('in a good world nothing warns and nothing blocks', () => {
  expect(judge(facts()).filter((each) => each.result === 'warn' || each.result === 'block')).toEqual([]);
});

test('each check has a name of its own, and a sentence', () => {
  const judgements = judge(facts());
  expect(new Set(judgements.map((each) => each.id)).size).toBe(judgements.length);
  for (const { text } of judgements) expect(text).toMatch(/\.$/);
});

const table: readonly (readonly [string, Judgement['result'], Partial<RollbackFacts>, string])[] = [
  ['stack-status', 'pass', status('UPDATE_ROLLBACK_COMPLETE'), 'UPDATE_ROLLBACK_COMPLETE'],
  ['stack-status', 'block', status('ROLLBACK_COMPLETE'), 'takes no update'],
  ['stack-status', 'block', status('DELETE_FAILED'), 'takes no update'],
  ['stack-status', 'block', status('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'), 'wait for UPDATE_COMPLETE'],
  ['stack-status', 'block', status('UPDATE_ROLLBACK_FAILED'), 'has to be continued'],
  [
    'stack-status',
    'block',
    { ...status('UPDATE_IN_PROGRESS'), latest: [event('UPDATE_IN_PROGRESS')] },
    'begun by sam with oncall',
  ],
  [
    'stack-status',
    'block',
    {
      ...status('UPDATE_IN_PROGRESS'),
      deploys: [deploy('1.0.284', 0, { status: 'in_progress', finishedAt: null })],
    },
    'begun by dora, deploying 1.0.284',
  ],
  ['already-there', 'block', { from: '1.0.282' }, 'at 1.0.282 already'],
  [
    'already-there',
    'block',
    { from: '1.0.282', deploys: [deploy('1.0.283', 0, { status: 'failed' })] },
    'old group still serves',
  ],
  ['already-there', 'block', { to: null }, 'name one with --to'],
  ['image-exists', 'block', { image: { kind: 'missing', nearest: ['1.0.281'] } }, 'It has 1.0.281'],
  ['image-exists', 'block', { image: { kind: 'unread', why: 'no answer' } }, 'no answer'],
  ['same-image', 'pass', { image: image(21) }, 'not moved'],
  ['same-image', 'warn', { image: image(1) }, 'pushed again'],
  ['same-image', 'skipped', { deploys: null }, 'cannot be told'],
  ['healthy-before', 'pass', {}, 'served 20 h'],
  ['healthy-before', 'warn', { to: '1.0.200' }, 'ever serving'],
  ['healthy-before', 'warn', { deploys: null }, 'cannot be read'],
  ['healthy-before', 'warn', { incidents: [incident(2 * HOUR)] }, '5xx above 2%'],
  [
    'healthy-before',
    'warn',
    { deploys: [deploy('1.0.283', 10 * MINUTE), deploy('1.0.282', 20 * MINUTE)] },
    'never served for 30 minutes',
  ],
  ['previous-values', 'pass', {}, 'DbPassword among them'],
  ['previous-values', 'block', { stack: { ...stack, parameters: {} } }, 'no parameter ImageTag'],
  ['change-set-scope', 'pass', { preview: change('AWS::EC2::LaunchTemplate') }, '1 resources'],
  ['change-set-scope', 'warn', { preview: change('AWS::RDS::DBInstance') }, 'AWS::RDS::DBInstance'],
  ['change-set-scope', 'block', { preview: { kind: 'read', name: 'x', changes: [] } }, 'changes nothing'],
  ['change-set-scope', 'block', { preview: { kind: 'refused', why: 'not permitted' } }, 'not permitted'],
  ['change-set-scope', 'skipped', { preview: { kind: 'not_made', why: 'read-only' } }, 'read-only'],
  ['capacity', 'pass', {}, 'starts with 3'],
  ['capacity', 'warn', { groups: [group({ desired: 5, max: 8 })] }, '5 are wanted now'],
  ['capacity', 'warn', { groups: [group({ desired: 2, max: 2 })] }, 'maximum of 2'],
  ['capacity', 'warn', { groups: null }, 'not known'],
  ['capacity', 'skipped', { groups: [] }, 'cannot be told'],
  ['scaling-processes', 'pass', {}, 'No scaling process'],
  ['scaling-processes', 'warn', { groups: [group({ suspendedProcesses: [ownText('Launch')] })] }, 'Launch'],
  ['token', 'block', { who: null, token: null }, 'ONCALL_USER_EMAIL'],
  ['token', 'pass', {}, 'oncall-sam-m1'],
  ['identity', 'pass', {}, '210987654321'],
  ['role-and-capabilities', 'pass', {}, 'CAPABILITY_IAM'],
  ['template-unchanged', 'pass', {}, 'as they were with 1.0.282'],
  ['template-unchanged', 'warn', { changedSince: ['LaunchTemplate ImageId'] }, 'LaunchTemplate ImageId'],
  ['template-unchanged', 'skipped', { changedSince: null }, 'cannot be told'],
  [
    'signals-deadline',
    'pass',
    {},
    '3 signals needed, 10 min time-out: begun now, at most until 03:22 UTC. Earlier deploys took about 6 min',
  ],
  ['signals-deadline', 'pass', rule({ count: 1 }), '1 signal needed'],
  ['signals-deadline', 'pass', rule({ count: null, inBatches: true }), 'time-out for each batch'],
  ['signals-deadline', 'pass', rule({ count: { parameter: 'DbPassword' } }), 'A signal of each'],
  ['signals-deadline', 'skipped', rule({ timeoutMs: null }), 'time-out cannot be told'],
  ['signals-deadline', 'warn', { signals: { kind: 'read', rule: null } }, 'waits for no signal'],
  [
    'signals-deadline',
    'skipped',
    { signals: { kind: 'unread', why: 'Not allowed.' } },
    'Not allowed. Earlier',
  ],
  ['migrations', 'skipped', {}, 'not known'],
  ['contracts', 'skipped', {}, 'No contract broker'],
];

test.each(table)('%s is %s', (id, wanted, world, says) => {
  const judgement = result(id, world);
  expect(judgement.result).toBe(wanted);
  expect(judgement.text).toContain(says);
});

test('every check is judged by the table', () => {
  const judged = new Set(table.map(([id]) => id));
  expect(judge(facts()).filter(({ id }) => !judged.has(id))).toEqual([]);
});
