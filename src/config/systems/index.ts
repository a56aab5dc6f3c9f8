import * as z from 'zod';
import { pagerduty } from './pagerduty.ts';
import { splunk } from './splunk.ts';

/** Where the systems are, and how to get their tokens: a row and a file each. AWS and containers go with an environment. */
export const systemsSchema = z.strictObject({
  pagerduty: pagerduty.optional(),
  splunk: splunk.optional(),
});
