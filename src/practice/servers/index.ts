import { awsServer } from './aws/index.ts';
import { pagerDutyServer } from './pagerduty/index.ts';
import type { PracticeServer } from './server.ts';
import { splunkServer } from './splunk/index.ts';

/** The wire protocols that the practice world speaks on a port of their own. */
export function portServers(): PracticeServer[] {
  return [pagerDutyServer(), splunkServer(), awsServer()];
}
