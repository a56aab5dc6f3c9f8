import * as z from 'zod';

/** How to get a secret; never the secret itself. The first way named that gives one wins: command, env, file. */
export const secretSchema = z.strictObject({
  command: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Program and arguments that print the token; run without a shell, 5 s at most.'),
  env: z.string().optional().describe('Name of an environment variable that holds the token.'),
  file: z.string().optional().describe('A file of mode 0600 that holds the token; relative to this file.'),
});

export const systemUrl = z.url({ protocol: /^https?$/ });

/** What every system that is asked over HTTP has. */
export const httpSystem = {
  url: systemUrl,
  token: secretSchema,
  ca_file: z
    .string()
    .optional()
    .describe('Certificate authority for this system, as PEM; relative to this file.'),
};

export type Secret = z.infer<typeof secretSchema>;
