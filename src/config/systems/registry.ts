import * as z from 'zod';
import { httpSystem } from './parts.ts';

/** Any registry that speaks Docker Registry HTTP API v2; without a token it is asked as anybody. */
export const registry = z.strictObject({
  ...httpSystem,
  token: httpSystem.token
    .optional()
    .describe('The password of username; without one, a token that is sent as it is.'),
  username: z.string().optional().describe('Log in with this name; the token is then its password.'),
});
