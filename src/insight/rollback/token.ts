import type { Judgement, RollbackFacts } from './facts.ts';

/** The events of an update carry the token, so that they can be told from anybody else's; a pipeline's cannot. */
export const token = ({ token: value, who }: Pick<RollbackFacts, 'token' | 'who'>): Judgement => {
  const id = 'token';
  if (who === null) {
    const text = 'Nobody to act as: set ONCALL_USER_EMAIL, or "email" in user.yaml.';
    return { id, result: 'block', text };
  }
  const found =
    value === null
      ? 'the deploy is found again by its intent, or by version and time where the pipeline keeps none'
      : `its events will carry ${value}`;
  return { id, result: 'pass', text: `As ${who}; ${found}.` };
};
