import type { FaultWish, SoakedAction } from './schedule.ts';
import type { Stage } from './stage.ts';

const WRITES: Readonly<Record<SoakedAction, string>> = {
  acknowledge: 'PUT /incidents',
  resolve: 'PUT /incidents',
  escalate: 'PUT /incidents',
  reroute: 'PUT /incidents',
  snooze: 'POST /incidents/{id}/snooze',
  note: 'POST /incidents/{id}/notes',
  rollback: 'ExecuteChangeSet',
  cancel_update: 'CancelUpdateStack',
  continue_rollback: 'ContinueUpdateRollback',
};
const STACK_READS = [
  'DescribeStacks',
  'DescribeStackEvents',
  'DescribeChangeSet',
  'DescribeAutoScalingGroups',
];
const PAGER_READS = ['GET /incidents', 'GET /incidents/{id}', 'GET /incidents/{id}/notes'];

interface Waiting {
  readonly id: string;
  readonly fault: string;
  readonly times: number;
  readonly left: number;
}

/** The faults of one schedule, ordered through the control endpoint. */
export class Faults {
  readonly #stage: Stage;
  readonly #action: SoakedAction;
  readonly #ordered = new Map<string, FaultWish>();
  #late = 0;

  constructor(stage: Stage, action: SoakedAction) {
    this.#stage = stage;
    this.#action = action;
  }

  async order(wish: FaultWish): Promise<void> {
    const { fault, times, status, ms } = wish;
    const body = {
      ...this.#target(wish),
      fault,
      times,
      ...(status === null ? {} : { status }),
      ...(ms === null ? {} : { ms }),
    };
    const { id } = await this.#stage.control<{ id: string }>('POST', '/faults', body);
    this.#ordered.set(id, wish);
    if (fault === 'delay') this.#late = Math.max(this.#late, ms ?? 0);
  }

  /** Kinds that struck, once for each time; none strikes any more. */
  async end(): Promise<readonly string[]> {
    const { faults } = await this.#stage.control<{ faults: readonly Waiting[] }>('GET', '/faults');
    await this.#stage.control('DELETE', '/faults');
    return [...this.#ordered].flatMap(([id, { fault, status, times }]) => {
      const left = faults.find((each) => each.id === id)?.left ?? 0;
      return Array.from({ length: times - left }, () => (status === null ? fault : `${fault} ${status}`));
    });
  }

  /** How long, in real milliseconds, a request may still be on its way that nobody waits for. */
  get lateMs(): number {
    return this.#late;
  }

  #target({ on, at }: FaultWish): object {
    const operation = WRITES[this.#action];
    const system = operation.includes(' ') ? 'pagerduty' : 'aws';
    if (on === 'anything') return { system };
    if (on === 'write') return { system, match: { operation } };
    const reads = system === 'aws' ? STACK_READS : PAGER_READS;
    return { system, match: { operation: reads[(at?.call ?? 0) % reads.length] } };
  }
}
