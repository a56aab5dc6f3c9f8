import { offerFor, type StackOffer } from '../../insight/rollback/offer.ts';
import type { ActionContext } from '../action.ts';
import { readFirst } from './first.ts';
import { orNull } from './or-null.ts';
import { serviceIn } from './place.ts';
import { readIncidentsOf } from './read.ts';

const DEPLOYS_READ = 3;

/** Reads how the stack of a service stands and what fits; the stack has to be readable. */
export async function readOffer(
  context: ActionContext,
  name: string,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<StackOffer> {
  const place = serviceIn(context.catalog, name, environment);
  const { service } = place;
  const { systems } = context;
  const deployer = await systems.deployer();
  const stack = await deployer.stack(service, environment, signal);
  const calm = offerFor({ stack, latest: null, first: null, deploys: null, environment, service });
  if (calm.kind === 'roll_back') return calm;
  const [latest, deploys, incidents] = await Promise.all([
    orNull(deployer.latestEvents(service, environment, signal)),
    orNull(systems.releases().then((port) => port.deploys(service, environment, DEPLOYS_READ, signal))),
    readIncidentsOf(context, service, signal),
  ]);
  const first = await readFirst(context, place, { stack, latest, incidents }, signal);
  return offerFor({ stack, latest, first, deploys, environment, service });
}
