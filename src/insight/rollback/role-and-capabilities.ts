import type { Judge } from './facts.ts';

/**
 * A RoleARN once given sticks to the stack; capabilities have to be given again with every update; DisableRollback is
 * never sent. A role of another account cannot be passed: IAM user guide, "Granting a user permissions to pass a role".
 */
export const roleAndCapabilities: Judge = ({ stack }) => {
  const id = 'role-and-capabilities';
  const owner = /^arn:[\w-]+:iam::(\d{12}):/.exec(stack.roleArn ?? '')?.[1];
  if (owner !== undefined && owner !== stack.identity.account) {
    return {
      id,
      result: 'block',
      text: `CloudFormation would act as ${stack.roleArn}, which belongs to account ${owner}: AWS passes no role to another account.`,
    };
  }
  const role = stack.roleArn ?? 'you do';
  const capabilities = stack.capabilities.length === 0 ? 'no capability' : stack.capabilities.join(', ');
  return {
    id,
    result: 'pass',
    text: `CloudFormation acts as ${role}, with ${capabilities}; what fails is taken back.`,
  };
};
