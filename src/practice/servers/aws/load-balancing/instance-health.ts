import { balancers, type PracticeTarget, targetsOf } from '../../../world/balancing.ts';
import { AwsError, type QueryCall } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_InstanceState.html */
const OUT: Readonly<Record<Exclude<PracticeTarget['state'], 'healthy'>, XmlFields>> = {
  registering: out('ELB', 'Instance registration is still in progress.'),
  initial: out(
    'Instance',
    'Instance has not passed the configured HealthyThreshold number of health checks consecutively.',
  ),
  refused: out(
    'Instance',
    'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
  ),
  bad_answer: out(
    'Instance',
    'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
  ),
  silent: out(
    'Instance',
    'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
  ),
  draining: {
    State: 'InService',
    ReasonCode: 'N/A',
    Description: 'Instance deregistration currently in progress.',
  },
};

function out(ReasonCode: string, Description: string): XmlFields {
  return { State: 'OutOfService', ReasonCode, Description };
}

/** All registered instances, or those that are named; never in pages. */
export function describeInstanceHealth({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const name = input.text('LoadBalancerName');
  const balancer = balancers(state).find((one) => one.kind === 'classic' && one.name === name);
  if (balancer === undefined) {
    throw new AwsError('LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${name}'`);
  }
  const registered = targetsOf(state, balancer, world.now());
  const named = input.list('Instances').map((instance) => instance.text('InstanceId') ?? '');
  const stranger = named.find((id) => !registered.some(({ instance }) => instance === id));
  if (stranger !== undefined) {
    throw new AwsError('InvalidInstance', `Could not find EC2 instance ${stranger}.`);
  }
  return {
    InstanceStates: registered
      .filter(({ instance }) => named.length === 0 || named.includes(instance))
      .map((target) => ({
        InstanceId: target.instance,
        ...(target.state === 'healthy'
          ? { State: 'InService', ReasonCode: 'N/A', Description: 'N/A' }
          : OUT[target.state]),
      })),
  };
}
