import { servingGroup } from '../../insight/rollback/capacity.ts';
import { type ContainersOf, type Verification, verified } from '../../insight/rollback/verified.ts';
import { toFailure } from '../../model/failure.ts';
import type { Container, Group } from '../../model/fleet.ts';
import { MINUTE } from '../../model/instant.ts';
import type { ActionContext } from '../action.ts';
import type { Intent } from '../intent.ts';
import type { Outcome } from '../types.ts';
import { pause } from '../within.ts';
import { type Place, serviceIn } from './place.ts';
import type { Rollback } from './request.ts';

/** How long new instances may take to become healthy after the stack's end, in the cloud's time. */
const PATIENCE_MS = 5 * MINUTE;
/** The same if the cloud's clock stands still because it does not answer, in real time. */
const REAL_PATIENCE_MS = 5 * MINUTE;

/** The stack says it is done; the instances have to say so too: in service, the wanted image, healthy. */
export async function verify(
  context: ActionContext,
  intent: Intent,
  request: Rollback,
  report: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const place = serviceIn(context.catalog, request.service, request.environment);
  const wanted = { service: request.service, version: intent.to ?? '', digest: intent.digest };
  const judge = (groups: readonly Group[], containers: ContainersOf, lookInside: boolean) =>
    verified(groups, containers, { ...wanted, lookInside });
  const what = `${request.service} in ${request.environment}`;
  const began = { there: context.systems.now('aws'), here: performance.now() };
  for (;;) {
    const found = await readOnce(context, place, judge, signal);
    if (found.kind === 'good')
      return { state: 'confirmed', text: `${what} is back at ${wanted.version}: ${found.text}` };
    const waited = context.systems.now('aws') - began.there;
    const over = waited > PATIENCE_MS || performance.now() - began.here > REAL_PATIENCE_MS;
    if (over && found.kind === 'not_yet') {
      return {
        state: 'failed',
        text: `The stack is UPDATE_COMPLETE at ${wanted.version}, but ${what} is not well: ${found.text}`,
      };
    }
    if (over || signal?.aborted === true) {
      return {
        state: 'unknown',
        text: `The stack is UPDATE_COMPLETE at ${wanted.version}, but whether ${what} is well is not known: ${found.text}`,
      };
    }
    report(`Verifying: ${found.text}`);
    await pause(context.limits.pause, signal);
  }
}

async function readOnce(
  { systems }: ActionContext,
  { service, environment }: Place,
  judge: (groups: readonly Group[], containers: ContainersOf, lookInside: boolean) => Verification,
  signal: AbortSignal | undefined,
): Promise<Verification> {
  try {
    const groups = await (await systems.fleet()).groups(environment, [service], signal);
    const containers = await systems.containers();
    const read = new Map<string, readonly Container[] | null>();
    let lookInside = true;
    await Promise.all(
      (servingGroup(groups)?.instances ?? []).map(async (instance) => {
        try {
          read.set(instance.id, await containers.containers(environment, instance, signal));
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
