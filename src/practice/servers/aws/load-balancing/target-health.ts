import { balancers, type PracticeTarget, targetsOf } from '../../../world/balancing.ts';
import { AwsError, type QueryCall, validationError } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { targetGroupArn } from './arn.ts';

const PORT = 8080;

/** States, reasons, descriptions: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
const HEALTH: Readonly<Record<PracticeTarget['state'], XmlFields>> = {
  registering: {
    State: 'initial',
    Reason: 'Elb.RegistrationInProgress',
    Description: 'Target registration is in progress',
  },
  initial: {
    State: 'initial',
    Reason: 'Elb.InitialHealthChecking',
    Description: 'Initial health checks in progress',
  },
  healthy: { State: 'healthy' },
  refused: { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' },
  bad_answer: {
    State: 'unhealthy',
    Reason: 'Target.ResponseCodeMismatch',
    Description: 'Health checks failed with these codes: [502]',
  },
  silent: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
  draining: {
    State: 'draining',
    Reason: 'Target.DeregistrationInProgress',
    Description: 'Target deregistration is in progress',
  },
};
const NOT_REGISTERED: XmlFields = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

/** All registered targets, or those that are named; never in pages. */
export function describeTargetHealth({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const arn = input.text('TargetGroupArn');
  if (arn === null) throw validationError('A target group ARN must be specified');
  const group = balancers(state).find(
    (one) => one.kind === 'target_group' && targetGroupArn(state, one) === arn,
  );
  if (group === undefined) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
  const registered = targetsOf(state, group, world.now());
  const named = input.list('Targets').map((target) => target.text('Id') ?? '');
  const wanted = named.length === 0 ? registered.map(({ instance }) => instance) : named;
  return {
    TargetHealthDescriptions: wanted.map((id) => {
      const target = registered.find(({ instance }) => instance === id);
      return {
        Target: { Id: id, Port: PORT },
        HealthCheckPort: String(PORT),
        TargetHealth: target === undefined ? NOT_REGISTERED : HEALTH[target.state],
      };
    }),
  };
}
