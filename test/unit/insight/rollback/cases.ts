import type { RollbackFacts } from '../../../../src/insight/rollback/facts.ts';
import type { ZoneTrouble } from '../../../../src/insight/zone-trouble.ts';
import type { Front } from '../../../../src/model/fleet.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { SignalRule } from '../../../../src/model/stack.ts';
import type { Case } from './case.ts';
import { balancer, deploy, event, facts, group, incident, stack } from './facts.ts';
import { IMAGE_CASES, read } from './image-cases.ts';
import { MIGRATION_CASES } from './migration-cases.ts';

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

const elsewhere = (account: string) => ({
  stack: { ...stack, identity: { ...stack.identity, account: ownText(account) } },
});
const behind = (own: Partial<Front> = {}) =>
  group({ desired: 3, front: { balancers: [balancer()], unread: null, ...own } });
const role = (account: string) => ({
  stack: { ...stack, roleArn: ownText(`arn:aws:iam::${account}:role/deploy`) },
});
const through = (name: string, cannot: string | null) => ({ pipeline: { name, cannot } });
const deployed = facts().deploys ?? [];
const failed = (version: string, ago: number) => deploy(version, ago, { status: 'failed' });

const flooded: ZoneTrouble = {
  zone: 'eu-west-1b',
  unhealthy: 9,
  unhealthyInAll: 9,
  services: ['cart', 'charge-central', 'login'],
};
const zone = (trouble: ZoneTrouble | null): Pick<RollbackFacts, 'zone'> => ({
  zone: { kind: 'read', trouble },
});

/** Each check in worlds in which it ends so. */
export const CASES: readonly Case[] = [
  ['zone', 'pass', zone(null), 'No availability zone stands out'],
  [
    'zone',
    'warn',
    zone(flooded),
    'in eu-west-1b, over 3 services: no single deploy explains it. A rollback will not help',
  ],
  [
    'zone',
    'warn',
    zone({ ...flooded, services: ['cart', 'login', 'mailer'] }),
    'None of them is of charge-central.',
  ],
  ['zone', 'skipped', { zone: { kind: 'unread', why: 'access denied.' } }, 'is not known: access denied.'],
  ...IMAGE_CASES,
  ...MIGRATION_CASES,
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
  ['already-there', 'pass', {}, '1.0.283 is set now, 1.0.282 is wanted'],
  ['already-there', 'block', { from: '1.0.282' }, 'at 1.0.282 already'],
  [
    'already-there',
    'block',
    { from: '1.0.282', deploys: [deploy('1.0.283', 0, { status: 'failed' })] },
    'old group still serves',
  ],
  [
    'already-there',
    'block',
    { deploys: [failed('1.0.284', MINUTE), ...deployed] },
    'Nothing to roll back: the deploy of 1.0.284 ended as failed, and 1.0.283 still serves',
  ],
  [
    'already-there',
    'warn',
    { deploys: [failed('1.0.284', MINUTE), ...deployed], wasAsked: true },
    'Perhaps there is nothing to roll back: the deploy of 1.0.284',
  ],
  ['already-there', 'pass', { deploys: [failed('1.0.282', MINUTE), ...deployed] }, '1.0.282 is wanted'],
  [
    'already-there',
    'pass',
    { deploys: [failed('1.0.284', MINUTE), ...deployed], incidents: [incident(8 * MINUTE)] },
    '1.0.282 is wanted',
  ],
  ['already-there', 'block', { to: null }, 'name one with --to'],
  [
    'already-there',
    'warn',
    { from: '1.0.282', to: '1.0.281', deploys: [deploy('1.0.282', 4 * MINUTE), ...deployed] },
    '1.0.282 is what 1.0.283 was rolled back to 4 min ago: this goes one version further down, to 1.0.281',
  ],
  [
    'already-there',
    'pass',
    {
      from: '1.0.282',
      to: '1.0.281',
      wasAsked: true,
      deploys: [deploy('1.0.282', 4 * MINUTE), ...deployed],
    },
    '1.0.281 is wanted',
  ],
  ['healthy-before', 'pass', {}, 'served 20 h without a high-urgency incident'],
  [
    'healthy-before',
    'warn',
    { history: { kind: 'read', incidents: [incident(3 * HOUR, { status: 'resolved' })] } },
    '"5xx above 2%" burned, at high urgency since 2026-11-17T00:12:00Z',
  ],
  [
    'healthy-before',
    'pass',
    { history: { kind: 'read', incidents: [incident(3 * HOUR, { urgency: 'low' }), incident(9 * DAY)] } },
    'served 20 h',
  ],
  [
    'healthy-before',
    'skipped',
    { history: { kind: 'unread', why: 'PagerDuty does not answer.' } },
    'is not known: PagerDuty does not answer',
  ],
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
  ['token', 'pass', { token: null }, 'found again by its intent'],
  ['pipeline', 'pass', through('buildkite', null), 'buildkite puts 1.0.282 out; nothing else'],
  ['pipeline', 'pass', through('command', null), 'Its deploy_command puts 1.0.282 out'],
  ['pipeline', 'block', through('jenkins', 'The job is disabled.'), 'The job is disabled.'],
  [
    'pipeline',
    'warn',
    {
      ...through('buildkite', null),
      deploys: [
        deploy('1.0.284', 0, { status: 'in_progress', finishedAt: null, reference: ownText('#415') }),
        ...deployed,
      ],
    },
    'A deploy of 1.0.284 (#415) to prod is under way',
  ],
  ['identity', 'pass', {}, '210987654321'],
  ['identity', 'block', elsewhere('999999999999'), 'lies in account 210987654321, eu-west-1'],
  ['role-and-capabilities', 'pass', {}, 'CAPABILITY_IAM'],
  ['role-and-capabilities', 'pass', role('210987654321'), 'role/deploy'],
  ['role-and-capabilities', 'block', role('999999999999'), 'belongs to account 999999999999'],
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
  ['taken-back', 'pass', {}, 'the old group serves on and it counts as failed'],
  [
    'taken-back',
    'warn',
    {
      deploys: [failed('1.0.282', HOUR), ...deployed],
      latest: [
        event('UPDATE_IN_PROGRESS'),
        event('CREATE_FAILED', { resource: ownText('Group'), reason: ownText('Received 0 SUCCESS signals') }),
      ],
    },
    'at 2026-11-17T02:12:00Z: Group: Received 0 SUCCESS signals. What',
  ],
  [
    'taken-back',
    'warn',
    { deploys: [deployed[0] ?? failed('1.0.283', 0), failed('1.0.282', HOUR), ...deployed.slice(1)] },
    'was taken back at 2026-11-17T02:12:00Z. What stopped it',
  ],
  [
    'taken-back',
    'pass',
    { deploys: [deployed[0] ?? failed('1.0.283', 0), deploy('1.0.282', HOUR), failed('1.0.282', 9 * HOUR)] },
    'No update to 1.0.282',
  ],
  [
    'taken-back',
    'pass',
    { deploys: [deploy('1.0.282', HOUR, { status: 'cancelled' }), ...deployed] },
    'was cancelled at 2026-11-17T02:12:00Z',
  ],
  ['taken-back', 'skipped', { deploys: null }, 'cannot be read'],
  ['verification', 'pass', {}, 'charge-central healthy, image of 1.0.282; 3 of 3'],
  ['verification', 'pass', { running: { ...read([]), looked: 1 } }, '1 of 3 can be looked into'],
  ['verification', 'warn', { running: { kind: 'unread', why: 'ssh: no route.' } }, 'unknown at the end: ssh'],
  ['verification', 'skipped', { running: { kind: 'not_configured' } }, 'environments.prod.containers'],
  [
    'verification',
    'pass',
    { groups: [behind()] },
    'healthy behind the load balancer (charge-public), charge',
  ],
  [
    'verification',
    'pass',
    { groups: [behind({ unread: { why: ownText('your role lacks it.'), lasting: true } })] },
    'will not be looked at: your role lacks it.',
  ],
  [
    'verification',
    'pass',
    { groups: [behind({ unread: { why: ownText('no answer.'), lasting: false } })] },
    'and will be at the end: no answer.',
  ],
  ['verification', 'pass', { groups: [group()] }, 'No load balancer is attached.'],
  [
    'verification',
    'pass',
    { groups: [behind({ balancers: [balancer({ inUse: false })] })] },
    'No load balancer uses charge-public.',
  ],
  [
    'verification',
    'skipped',
    { running: { kind: 'not_configured' }, groups: [behind()] },
    'in service, healthy behind the load balancer (charge-public), and no more',
  ],
  ['verification', 'skipped', { running: { kind: 'nothing_serves' } }, 'No instance serves'],
];
