import { SECOND } from '../../model/instant.ts';
import type { Scenario } from './scenario.ts';
import type { PracticeComplaint } from './state.ts';

/** What customers write of the scenario's troubles. */
export function complaints({ effects, outages }: Scenario): PracticeComplaint[] {
  return [...effects, ...outages].flatMap(({ key, tickets }) =>
    tickets.map(({ after_s: after, priority, ...told }) => ({
      ...told,
      effect: key,
      afterMs: after * SECOND,
      priority: priority ?? null,
    })),
  );
}
