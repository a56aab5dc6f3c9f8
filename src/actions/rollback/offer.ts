import { offerFor, type StackOffer } from '../../insight/rollback/offer.ts';
import type { ActionContext } from '../action.ts';
import { serviceIn } from './place.ts';
import { orNull } from './read.ts';

const DEPLOYS_READ = 3;

/** Reads how the stack of a service stands and what fits; the stack has to be readable. */
export async function readOffer(
  { catalog, systems }: ActionContext,
  name: string,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<StackOffer> {
  const { service } = serviceIn(catalog, name, environment);
  const deployer = await systems.deployer();
  const stack = await deployer.stack(service, environment, signal);
  const calm = offerFor({ stack, latest: null, deploys: null, environment, service });
  if (calm.kind === 'roll_back') return calm;
  const [latest, deploys] = await Promise.all([
    orNull(deployer.latestEvents(service, environment, signal)),
    orNull(systems.releases().then((port) => port.deploys(service, environment, DEPLOYS_READ, signal))),
  ]);
  return offerFor({ stack, latest, deploys, environment, service });
}
