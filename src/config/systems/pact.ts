import * as z from 'zod';
import { httpSystem } from './parts.ts';

export const pact = z.strictObject({
  ...httpSystem,
  token: httpSystem.token.optional().describe('Left out: the broker answers everybody.'),
  username: z.string().optional().describe('Log in with this name; the token is then its password.'),
  environments: z
    .record(z.string(), z.string())
    .default({})
    .describe('Names of environments in the broker where they differ from ours: { prod: production }.'),
});
