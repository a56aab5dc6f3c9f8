import { didYouMean } from '../../insight/nearest.ts';
import { type Catalog, findService, type Placement, type Service } from '../../model/catalog.ts';
import { ActionError } from '../types.ts';

export interface Place {
  readonly service: Service;
  readonly environment: string;
  readonly placement: Placement;
}

/** The service in that environment; throws an `ActionError` that names what is there instead. */
export function serviceIn(catalog: Catalog, name: string, environment: string): Place {
  const service = findService(catalog, name);
  if (service === undefined) {
    const known = catalog.services.map((each) => each.name);
    throw new ActionError(`unknown service '${name}'.${didYouMean(name, known)}`);
  }
  const placement = service.in[environment];
  if (placement === undefined) {
    const known = Object.keys(service.in);
    const runs = known.length === 0 ? 'has no stack in the config' : `runs in ${known.join(', ')}`;
    throw new ActionError(`${name} is not in '${environment}': it ${runs}.`);
  }
  return { service, environment, placement };
}
