import { servingGroup } from '../../insight/rollback/capacity.ts';
import { isOfStack } from '../../insight/rollback/stack-end.ts';
import { type ContainersOf, type Verification, verified } from '../../insight/rollback/verified.ts';
import { toFailure } from '../../model/failure.ts';
import type { Container, Group } from '../../model/fleet.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { ActionContext } from '../action.ts';
import type { Intent } from '../intent.ts';
import type { Outcome } from '../types.ts';
import { pause } from '../within.ts';
import { alarmsTold } from './alarms.ts';
import { errorTally } from './errors.ts';
import { type Place, serviceIn } from './place.ts';
import { readGroups } from './read-groups.ts';
import type { Rollback } from './request.ts';

/** How long new instances may take to become healthy after the stack's end, in the cloud's time. */
const PATIENCE_MS = 5 * MINUTE;
/** The same if the cloud's clock stands still because it does not answer, in real time. */
const REAL_PATIENCE_MS = 5 * MINUTE;
const STEP_MS = 10 * SECOND;

type Well = Extract<Verification, { kind: 'good' }>;

/**
 * The stack or the pipeline says it is done; the instances have to say so too (in service, the wanted image, healthy), and so have
 * the load balancers before them. Then errors are counted and alarms read, which changes nothing of the outcome but
 * its sentence. Goes by the intent and by what is read alone.
 */
export async function verify(
  context: ActionContext,
  intent: Intent,
  { request, done }: { readonly request: Rollback; readonly done: string },
  report: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const place = serviceIn(context.catalog, request.service, request.environment);
  const wanted = { service: request.service, version: intent.to ?? '', digest: intent.digest };
  const judge = (groups: readonly Group[], containers: ContainersOf, lookInside: boolean) =>
    verified(groups, containers, { ...wanted, lookInside });
  const what = `${request.service} in ${request.environment}`;
  const began = { there: context.systems.now('aws'), here: performance.now() };
  const reallyOver = () => performance.now() - began.here > REAL_PATIENCE_MS;
  const over = () => context.systems.now('aws') - began.there > PATIENCE_MS || reallyOver();
  const errors = errorTally(context, place, intent.at);
  let servedSince = await endOfUpdate(context, place, intent.token, signal);
  const tellRest = async (since: Instant): Promise<string> => {
    const told = await Promise.all([
      errors.told(since, signal),
      alarmsTold(context, place, intent.at, signal),
    ]);
    return told.filter((sentence) => sentence !== null).join(' ');
  };
  let well: Well | null = null;
  for (;;) {
    const read = await readOnce(context, place, judge, signal);
    // What was well a moment ago is not unknown because one reading failed.
    const found: Verification = read.kind === 'unread' ? (well ?? read) : read;
    if (found.kind === 'good') {
      well = found;
      servedSince ??= context.systems.now('aws');
      const left = await errors.left(servedSince, signal);
      const told = left <= 0 || reallyOver() ? await tellRest(servedSince) : null;
      if (signal?.aborted === true) return notKnown(done, what, found.text);
      if (told !== null) {
        return { state: 'confirmed', text: `${what} is back at ${wanted.version}: ${found.text} ${told}` };
      }
      report(`${found.brief}; counting errors, ${roughly(left)} left.`);
    } else {
      const late = over();
      if (found.kind === 'not_yet') {
        well = null;
        servedSince = null;
        if (late) return notWell(done, what, found.text);
      }
      if (late || signal?.aborted === true) return notKnown(done, what, found.text);
      report(`Verifying: ${found.text}`);
    }
    await pause(context.limits.pause, signal);
  }
}

function notWell(done: string, what: string, found: string): Outcome {
  return {
    state: 'failed',
    text: `${done}, but ${what} is not well: ${found}`,
  };
}

function notKnown(done: string, what: string, found: string): Outcome {
  return {
    state: 'unknown',
    text: `${done}, but whether ${what} is well is not known: ${found}`,
  };
}

/** In steps, so that whoever prints each new sentence prints few. */
function roughly(ms: number): string {
  return `${Math.ceil(ms / STEP_MS) * (STEP_MS / SECOND)} s`;
}

/** When the update was through and the old group was gone; null: its events do not tell. */
async function endOfUpdate(
  { systems }: ActionContext,
  { service, environment, placement }: Place,
  token: string | null,
  signal: AbortSignal | undefined,
): Promise<Instant | null> {
  if (token === null) return null;
  try {
    const events = await (await systems.deployer()).events(service, environment, token, signal);
    const end = events.findLast(
      (event) => isOfStack(event, placement.stack) && event.status === 'UPDATE_COMPLETE',
    );
    return end?.at ?? null;
  } catch {
    // The moment at which its instances are seen to be well does as well.
    return null;
  }
}

async function readOnce(
  context: ActionContext,
  place: Place,
  judge: (groups: readonly Group[], containers: ContainersOf, lookInside: boolean) => Verification,
  signal: AbortSignal | undefined,
): Promise<Verification> {
  try {
    const groups = await readGroups(context, place, signal);
    const containers = await context.systems.containers();
    const read = new Map<string, readonly Container[] | null>();
    let lookInside = true;
    await Promise.all(
      (servingGroup(groups)?.instances ?? []).map(async (instance) => {
        try {
          read.set(instance.id, await containers.containers(place.environment, instance, signal));
        } catch (thrown) {
          if (toFailure('docker', thrown).code === 'not_configured') lookInside = false;
          read.set(instance.id, null);
        }
      }),
    );
    return judge(groups, read, lookInside);
  } catch (thrown) {
    return { kind: 'unread', text: toFailure('aws', thrown).text };
  }
}
