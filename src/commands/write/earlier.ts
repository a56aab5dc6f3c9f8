import type { ActionRequest, Actions, JournalIntent, Plan } from '../../actions/types.ts';
import { WORK } from '../../actions/work.ts';
import type { Context } from '../row.ts';
import { oncallLine } from './command-line.ts';

/** One line when the journal has something unfinished of the same service or incident: the newest of it. */
export async function warnOfEarlier(
  context: Pick<Context, 'configFile' | 'stderr'>,
  actions: Actions,
  plan: Plan,
): Promise<void> {
  const open = await actions.unfinished().catch(() => []);
  const earlier = open.findLast((intent) => touches(plan, intent));
  if (earlier === undefined) return;
  const { id, action, service, incident } = earlier;
  const what = `an earlier ${WORK[action].noun} ${service ?? incident ?? 'several incidents'}`;
  context.stderr.write(
    `oncall: ${what} has not ended for all we know: ${oncallLine(context, ['attach', id])}\n`,
  );
}

function touches({ request, service, environment }: Plan, earlier: JournalIntent): boolean {
  if (earlier.incident !== null && incidentsOf(request).includes(earlier.incident)) return true;
  const elsewhere =
    environment !== null && earlier.environment !== null && environment !== earlier.environment;
  return service !== null && service === earlier.service && !elsewhere;
}

function incidentsOf(request: ActionRequest): readonly string[] {
  if ('incidents' in request) return request.incidents;
  const incident = 'incident' in request ? request.incident : undefined;
  return incident === undefined ? [] : [incident];
}
