import type { LogSource } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import type { LogPlace } from '../../model/ports/log-search.ts';
import { SYSTEM } from './failure.ts';

/** Where a service's lines are in Splunk. Throws a `Failure` of code `not_configured` where they are not in it. */
export function sourceOf({ service }: Pick<LogPlace, 'service'>): LogSource {
  if (service.logs !== null) return service.logs;
  const text = `The logs of ${service.name} are not in Splunk: services.${service.name}.logs is missing.`;
  throw new Failure(SYSTEM, 'not_configured', text);
}
