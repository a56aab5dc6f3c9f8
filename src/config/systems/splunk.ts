import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const splunk = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('Of its management port, not its web pages: https://splunk.example:8089.'),
  username: z.string().optional().describe('Log in with this name; the token is then its password.'),
  web_url: systemUrl.optional().describe('Of its web pages, for links: https://splunk.example:8000.'),
});
