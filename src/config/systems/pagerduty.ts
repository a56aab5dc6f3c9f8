import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const pagerduty = z.strictObject({
  ...httpSystem,
  url: systemUrl.default('https://api.pagerduty.com'),
  events_url: systemUrl
    .default('https://events.pagerduty.com')
    .describe('Where change events are told (Events API v2).'),
});
