import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const nagios = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('Folder of its CGIs: https://nagios.harbour.example/nagios4/cgi-bin'),
  username: z.string().min(1).describe('Log in with this name (Basic); the token is its password.'),
});

const names = z.array(z.string().min(1)).min(1).optional();

/** Which of its hosts and services belong to one of ours. */
export const nagiosObjects = z.strictObject({
  hosts: names.describe('Hosts of this service: names, with * and {environment}. Default: by its name.'),
  services: names.describe(
    "Service descriptions that belong to it, with * and {environment}; with hosts too, only those hosts'.",
  ),
});
