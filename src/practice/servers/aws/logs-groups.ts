import type { WorldState } from '../../world/state.ts';
import { AwsError } from './protocol.ts';

export interface LogGroup {
  readonly name: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
}

/** `/harbour/<environment>/<service>`, a stream for each instance. */
export function logGroups(state: WorldState): LogGroup[] {
  return (['prod', 'test'] as const).flatMap((environment) =>
    state.services
      .map(({ name: service }) => ({ name: `/harbour/${environment}/${service}`, service, environment }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}

export function groupNamed(name: string | null | undefined, state: WorldState): LogGroup {
  const group = logGroups(state).find((known) => known.name === name);
  if (group !== undefined) return group;
  throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
}

/** Live Tail takes ARNs of this account and region, without `:*` at their end. */
export function groupOfArn(arn: string, state: WorldState): LogGroup {
  const start = `arn:aws:logs:${state.region}:${state.account}:log-group:`;
  if (arn.startsWith(start) && !arn.endsWith('*')) return groupNamed(arn.slice(start.length), state);
  throw new AwsError('InvalidParameterException', `Invalid log group identifier: ${arn}`);
}
