import { expect, test } from 'vitest';
import type { Balancer } from '../../../src/model/fleet.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { balancersOf } from '../../../src/systems/aws/balancers.ts';
import { targetsOfClassic, targetsOfGroup, trafficOf } from '../../../src/systems/aws/targets.ts';
import { instance } from '../insight/rollback/facts.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:210987654321:targetgroup/charge-public/73e2d6bc24d8a067';

test('each balancer once, whichever way it was attached', () => {
  const group = {
    AutoScalingGroupName: 'g',
    MinSize: 0,
    MaxSize: 1,
    DesiredCapacity: 1,
    DefaultCooldown: 300,
    AvailabilityZones: [],
    HealthCheckType: 'ELB',
    CreatedTime: new Date(0),
    TargetGroupARNs: [ARN],
    LoadBalancerNames: ['old-one'],
    TrafficSources: [
      { Identifier: ARN, Type: 'elbv2' },
      { Identifier: 'older-one', Type: 'elb' },
      { Identifier: 'arn:aws:vpc-lattice:eu-west-1:1:targetgroup/tg-1', Type: 'vpc-lattice' },
    ],
  };
  expect(balancersOf(group).map(({ kind, name }) => [kind, name])).toEqual([
    ['target_group', 'charge-public'],
    ['classic', 'old-one'],
    ['classic', 'older-one'],
  ]);
});

type Health = NonNullable<Parameters<typeof targetsOfGroup>[0][number]['TargetHealth']>;

/** As the SDK hands over what a newer AWS says: its types know today's words only. */
function health(State: string, Reason?: string): Health {
  return JSON.parse(JSON.stringify({ State, Reason }));
}

test.each([
  ['healthy', undefined, 'healthy'],
  ['unhealthy', 'Target.Timeout', 'unhealthy'],
  ['initial', 'Elb.RegistrationInProgress', 'initial'],
  ['draining', 'Target.DeregistrationInProgress', 'draining'],
  ['unhealthy.draining', 'Target.DeregistrationInProgress', 'draining'],
  ['unused', 'Target.InvalidState', 'unused'],
  ['unavailable', 'Target.HealthCheckDisabled', 'unavailable'],
  ['rest\u202eing', undefined, 'rest\ufffding'],
])('a target that is %s', (state, reason, wanted) => {
  const { by } = targetsOfGroup([{ Target: { Id: 'i-1' }, TargetHealth: health(state, reason) }]);
  expect(by.get('i-1')).toEqual({ state: wanted, reason: reason ?? null });
});

test.each([
  ['InService', 'N/A', 'healthy'],
  ['InService', 'Instance deregistration currently in progress.', 'draining'],
  [
    'OutOfService',
    'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
    'unhealthy',
  ],
  [
    'OutOfService',
    'Instance has not passed the configured HealthyThreshold number of health checks consecutively.',
    'initial',
  ],
  ['OutOfService', 'Instance registration is still in progress.', 'initial'],
  [
    'OutOfService',
    'Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route traffic to.',
    'unused',
  ],
  ['OutOfService', 'Instance is in stopped state.', 'unused'],
  ['Unknown', 'A transient error occurred. Please try again later.', 'Unknown'],
])('behind a classic load balancer: %s, %s', (State, Description, wanted) => {
  const { by } = targetsOfClassic([{ InstanceId: 'i-1', State, Description }]);
  expect(by.get('i-1')?.state).toBe(wanted);
});

const named = (name: string): Balancer => ({
  kind: 'target_group',
  id: ownText(name),
  name: ownText(name),
  inUse: true,
});
const told = (name: string, state: string, reason?: string, id = 'i-1') => ({
  balancer: named(name),
  targets: targetsOfGroup([{ Target: { Id: id }, TargetHealth: health(state, reason) }]),
});

test('of several target groups the worst word counts; an instance with several ports is as bad as its worst', () => {
  const one = trafficOf(instance('i-1'), [
    told('public', 'healthy'),
    told('internal', 'unhealthy', 'Target.Timeout'),
  ]);
  expect(one).toEqual({ state: 'unhealthy', by: 'internal', reason: 'Target.Timeout' });
  const ports = targetsOfGroup(
    ['healthy', 'unhealthy', 'healthy'].map((state) => ({
      Target: { Id: 'i-1' },
      TargetHealth: health(state),
    })),
  );
  expect(ports.by.get('i-1')?.state).toBe('unhealthy');
});

test('a target group that no load balancer uses is no fault beside one that is used', () => {
  const idle = told('spare', 'unused', 'Target.NotInUse');
  expect(idle.targets.inUse).toBe(false);
  expect(trafficOf(instance('i-1'), [idle, told('public', 'healthy')])?.state).toBe('healthy');
  expect(trafficOf(instance('i-1'), [idle])?.state).toBe('unused');
});

test('in service and not registered: it gets no traffic; on its way in it need not be', () => {
  const others = told('public', 'healthy', undefined, 'i-2');
  expect(trafficOf(instance('i-1'), [others])).toMatchObject({
    state: 'unused',
    reason: 'it is not registered',
  });
  expect(trafficOf(instance('i-1', { lifecycle: ownText('Pending') }), [others])).toBeNull();
});
