import type { Service } from '../model/catalog.ts';

/** Which system holds a service's log lines: Splunk, unless only a CloudWatch log group is named. */
export function logSystem(service: Pick<Service, 'logs' | 'logGroup'>): 'splunk' | 'aws' {
  return service.logs === null && service.logGroup !== null ? 'aws' : 'splunk';
}
