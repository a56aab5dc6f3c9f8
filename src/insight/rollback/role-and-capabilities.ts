import type { Judge } from './facts.ts';

/** A RoleARN once given sticks to the stack; capabilities have to be given again with every update. */
export const roleAndCapabilities: Judge = ({ stack }) => {
  const role = stack.roleArn === null ? 'your own role' : `the stack's role ${stack.roleArn}`;
  const capabilities = stack.capabilities.length === 0 ? 'no capabilities' : stack.capabilities.join(', ');
  return {
    id: 'role-and-capabilities',
    result: 'pass',
    text: `CloudFormation acts with ${role}; ${capabilities} carried along; rolling back on failure stays on.`,
  };
};
