import * as z from 'zod';

/** How a version of a service is put out. */
export const deployKeys = {
  deploy_with: z
    .enum(['cloudformation', 'buildkite', 'jenkins', 'bamboo', 'command'])
    .default('cloudformation')
    .describe('What a rollback goes through: the stack itself, a pipeline, or deploy_command.'),
  deploy_command: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'Program and arguments that deploy a version, run without a shell; {service}, {version}, {environment} and {intent} are filled in. Exit code 0 says that it is out.',
    ),
};
