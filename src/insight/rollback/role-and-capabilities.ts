import type { Judge } from './facts.ts';

/**
 * A RoleARN once given sticks to the stack; capabilities have to be given again with every update; DisableRollback is
 * never sent. A role of another account cannot be passed: IAM user guide, "Granting a user permissions to pass a role".
 */
export const roleAndCapabilities: Judge = ({ stack }) => {
  const id = 'role-and-capabilities';
  const role = stack.roleArn === null ? 'your own role' : `the stack's role ${stack.roleArn}`;
  const owner = /^arn:[\w-]+:iam::(\d{12}):/.exec(stack.roleArn ?? '')?.[1];
  if (owner !== undefined && owner !== stack.identity.account) {
    return {
      id,
      result: 'block',
      text: `CloudFormation would act with ${role}, which belongs to account ${owner}: AWS passes no role to another account.`,
    };
  }
  const capabilities = stack.capabilities.length === 0 ? 'no capabilities' : stack.capabilities.join(', ');
  return {
    id,
    result: 'pass',
    text: `CloudFormation acts with ${role}; ${capabilities} carried along; rolling back on failure stays on.`,
  };
};
