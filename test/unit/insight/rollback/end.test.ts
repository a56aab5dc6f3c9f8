import { expect, test } from 'vitest';
import { stackEnd } from '../../../../src/insight/rollback/stack-end.ts';
import { verified } from '../../../../src/insight/rollback/verified.ts';
import { tokenOf, whoseToken } from '../../../../src/insight/token.ts';
import type { Container, Front, Group, Traffic } from '../../../../src/model/fleet.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { StackEvent } from '../../../../src/model/stack.ts';
import { balancer, container, event, group, instance, NOW } from './facts.ts';

const signalFailed = event('CREATE_FAILED', {
  resource: ownText('Group'),
  resourceType: ownText('AWS::AutoScaling::AutoScalingGroup'),
  reason: ownText('Received 0 SUCCESS signals out of 3.'),
});

test.each<[string, readonly StackEvent[], string, string]>([
  ['nothing yet', [], 'none', ''],
  ['begun', [event('UPDATE_IN_PROGRESS')], 'under_way', 'UPDATE_IN_PROGRESS'],
  ['cleaning up', [event('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')], 'under_way', 'old one is being deleted'],
  ['done', [event('UPDATE_IN_PROGRESS'), event('UPDATE_COMPLETE')], 'done', 'UPDATE_COMPLETE'],
  [
    'taken back is a failure',
    [signalFailed, event('UPDATE_ROLLBACK_COMPLETE')],
    'failed',
    '0 SUCCESS signals',
  ],
  [
    'being taken back',
    [signalFailed, event('UPDATE_ROLLBACK_IN_PROGRESS')],
    'under_way',
    '0 SUCCESS signals',
  ],
  ['stuck', [signalFailed, event('UPDATE_ROLLBACK_FAILED')], 'failed', 'has to be continued'],
  [
    'a nested stack’s end is not ours',
    [event('UPDATE_IN_PROGRESS'), event('UPDATE_COMPLETE', { resource: ownText('Nested') })],
    'under_way',
    'Nested',
  ],
])('the end of the stack: %s', (_name, events, kind, says) => {
  const end = stackEnd(events, 'charge-central');
  expect(end.kind).toBe(kind);
  if (end.kind !== 'none') expect(end.text).toContain(says);
});

const wanted = { service: 'charge-central', version: '1.0.282', digest: 'sha256:aa', lookInside: true };

function judge(groups: readonly Group[], inside: Partial<Container> | null, own = {}) {
  const read = inside === null ? null : [container(inside)];
  const ids = groups.flatMap((each) => each.instances.map(({ id }) => id));
  return verified(groups, new Map(ids.map((id) => [id, read])), { ...wanted, ...own });
}

test.each<[string, ReturnType<typeof judge>, string, string]>([
  ['all well', judge([group()], {}), 'good', '2 of 2'],
  ['no health check', judge([group()], { health: null }), 'good', '2 of 2'],
  ['no groups', judge([], {}), 'not_yet', 'No group'],
  ['one is missing', judge([group({ desired: 3 })], {}), 'not_yet', '2 of 3'],
  [
    'pending',
    judge([group({ instances: [instance('i-1', { lifecycle: ownText('Pending') })] })], {}),
    'not_yet',
    'Pending',
  ],
  [
    'unhealthy instance',
    judge([group({ instances: [instance('i-1', { health: ownText('Unhealthy') })] })], {}),
    'not_yet',
    'Unhealthy',
  ],
  ['another version', judge([group()], { image: ownText('charge-central:1.0.283') }), 'not_yet', '1.0.283'],
  ['another digest', judge([group()], { imageDigest: ownText('sha256:bb') }), 'not_yet', 'another image'],
  ['the digest that all run', judge([group()], {}), 'good', 'run 1.0.282 (sha256:aa).'],
  ['digest not known', judge([group()], { imageDigest: null }), 'good', 'digest of their image is not known'],
  ['restarting', judge([group()], { state: ownText('restarting') }), 'not_yet', 'restarting'],
  ['unhealthy', judge([group()], { health: ownText('unhealthy') }), 'not_yet', 'unhealthy'],
  ['container gone', judge([group()], { name: ownText('nginx') }), 'not_yet', 'has no container'],
  ['unread', judge([group()], null), 'unread', 'could not be read'],
  [
    'not configured',
    judge([group()], null, { lookInside: false }),
    'good',
    'image that they run is not known',
  ],
  [
    'the old group still serves',
    judge([group(), group({ name: ownText('old'), createdAt: NOW - 1, instances: [instance('i-9')] })], {}),
    'not_yet',
    'old still has 1',
  ],
])('verified: %s', (_name, verification, kind, says) => {
  expect(verification.kind).toBe(kind);
  expect(verification.text).toContain(says);
});

/** A group of two behind a load balancer that thinks so of the second. */
function behind(traffic: Partial<Traffic> | null, own: Partial<Front> = {}): Group {
  const well: Traffic = { state: 'healthy', by: ownText('charge-public'), reason: null };
  return group({
    front: { balancers: [balancer()], unread: null, ...own },
    instances: [
      instance('i-01', { traffic: well }),
      instance('i-02', { traffic: traffic && { ...well, ...traffic } }),
    ],
  });
}

const denied = { why: ownText('Not allowed: your role lacks it.'), lasting: true };
const unheard: Partial<Front> = { unread: { why: ownText('no answer within 20 s.'), lasting: false } };
const timedOut = { state: 'unhealthy', reason: ownText('Target.Timeout: Request timed out') } as const;

test.each<[string, Group, boolean, string, string]>([
  ['healthy', behind({}), true, 'good', 'healthy, also behind the load balancer, and run 1.0.282'],
  [
    'healthy, not looked into',
    behind({}),
    false,
    'good',
    'are in service, healthy behind the load balancer; their',
  ],
  [
    'unhealthy',
    behind(timedOut),
    true,
    'not_yet',
    'i-02 is unhealthy behind the load balancer charge-public (Target.Timeout: Request timed out).',
  ],
  ['unhealthy, not looked into', behind(timedOut), false, 'not_yet', 'i-02 is unhealthy'],
  ['new', behind({ state: 'initial' }), true, 'not_yet', 'i-02 is initial'],
  ['not registered', behind({ state: 'unused' }), true, 'not_yet', 'i-02 is unused'],
  ['a state that we do not know', behind({ state: ownText('resting') }), true, 'unread', 'i-02 is resting'],
  ['not asked', behind(null), true, 'unread', 'thinks of i-02 is not known'],
  ['no answer', behind(null, unheard), true, 'unread', 'not known: no answer within 20 s.'],
  [
    'denied',
    behind(null, { unread: denied }),
    true,
    'good',
    'not looked at: Not allowed: your role lacks it.',
  ],
  ['one of two is denied', behind(timedOut, { unread: denied }), true, 'not_yet', 'i-02 is unhealthy'],
  ['none attached', group(), true, 'good', 'No load balancer is attached to their group.'],
  [
    'a target group that nothing uses',
    behind({ state: 'unused' }, { balancers: [balancer({ inUse: false })] }),
    true,
    'good',
    'No load balancer uses charge-public.',
  ],
])('behind a load balancer: %s', (_name, serving, lookInside, kind, says) => {
  const verification = judge([serving], {}, { lookInside });
  expect(verification.kind).toBe(kind);
  expect(verification.text).toContain(says);
  expect(verification.text.includes('also behind')).toBe(_name === 'healthy');
});

test('old instances that drain are no trouble', () => {
  const draining: Traffic = { state: 'draining', by: ownText('charge-public'), reason: null };
  const old = group({
    name: ownText('old'),
    createdAt: NOW - 1,
    desired: 0,
    front: { balancers: [balancer()], unread: null },
    instances: [instance('i-9', { lifecycle: ownText('Terminating'), traffic: draining })],
  });
  expect(judge([behind({}), old], {}).kind).toBe('good');
});

test.each<[string, readonly (string | null)[], string]>([
  ['the same on all', ['sha256:aa', 'sha256:aa', 'sha256:aa'], 'run 1.0.282 (sha256:aa).'],
  [
    'two images by one name',
    ['sha256:aa', 'sha256:bb', 'sha256:aa'],
    'run 1.0.282, but by that name not the same image: sha256:aa on i-0 i-2, sha256:bb on i-1.',
  ],
  [
    'two, and one not known',
    ['sha256:aa', 'sha256:bb', null],
    'not the same image: sha256:aa on i-0, sha256:bb on i-1, not known on i-2.',
  ],
  [
    'one not known',
    ['sha256:aa', null, 'sha256:aa'],
    'run 1.0.282 (sha256:aa on i-0 i-2; the digest on i-1 is not known).',
  ],
  [
    'many not known',
    ['sha256:aa', null, null, null, null, null, null],
    'the digest on i-1 i-2 i-3 i-4 and 2 more is not known',
  ],
  ['as long as it is shown', [`sha256:${'0123456789ab'.repeat(5)}`], '(sha256:0123456789ab).'],
])('the image of every instance: %s', (_name, digests, says) => {
  const instances = digests.map((_digest, index) => instance(`i-${index}`));
  const inside = (digest: string | null) => [
    container({ imageDigest: digest === null ? null : ownText(digest) }),
  ];
  const read = new Map(digests.map((digest, index) => [`i-${index}`, inside(digest)]));
  const serving = group({ desired: instances.length, instances });
  const found = verified([serving], read, { ...wanted, digest: null });
  expect(found).toMatchObject({ kind: 'good', text: expect.stringContaining(says) });
});

test('a token names person and intent, within what CloudFormation allows', () => {
  const token = tokenOf('Sam.O-Kafor+x@harbour.example', 'm1abc');
  expect(token).toBe('oncall-samokaforx-m1abc');
  expect(tokenOf(`${'x'.repeat(200)}@y`, 'm1').length).toBeLessThan(128);
  expect(whoseToken(token)).toEqual({ who: 'samokaforx', intent: 'm1abc' });
  expect(whoseToken('Console-CreateStack-123')).toBeNull();
});
