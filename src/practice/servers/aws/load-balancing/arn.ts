import { createHash } from 'node:crypto';
import type { PracticeBalancer } from '../../../world/balancing.ts';
import type { WorldState } from '../../../world/state.ts';

/** Its last part is 16 hex digits, here made from the name, so that it stays the same. */
export function targetGroupArn({ region, account }: WorldState, { name }: PracticeBalancer): string {
  const digits = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${digits}`;
}
