import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const newrelic = z.strictObject({
  ...httpSystem,
  url: systemUrl.optional().describe('Instead of the one of the region.'),
  region: z.enum(['us', 'eu', 'jp']).default('us').describe('Where the account has its data.'),
  account: z.int().positive().describe('Number of the account whose issues are shown.'),
});
