import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const slack = z.strictObject({
  ...httpSystem,
  url: systemUrl.default('https://slack.com/api').describe('Where its methods are; GovSlack has its own.'),
});
