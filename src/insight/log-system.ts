import type { Service } from '../model/catalog.ts';

/** Which system holds a service's log lines: CloudWatch where a log group is named, else Splunk. */
export function logSystem(service: Pick<Service, 'logGroup'>): 'splunk' | 'aws' {
  return service.logGroup === null ? 'splunk' : 'aws';
}

/** Whether the configuration names a log of it. */
export function hasLogs({ logs, logGroup }: Pick<Service, 'logs' | 'logGroup'>): boolean {
  return logs !== null || logGroup !== null;
}
