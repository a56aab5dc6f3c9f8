import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const splunk = z.strictObject({
  ...httpSystem,
  username: z.string().optional().describe('Log in with this name; the token is then its password.'),
  web_url: systemUrl.optional(),
});
