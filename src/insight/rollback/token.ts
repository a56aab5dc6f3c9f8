import type { Judgement, RollbackFacts } from './facts.ts';

/** Its events carry the token, so that they can be told from anybody else's. */
export const token = ({ token: value, who }: Pick<RollbackFacts, 'token' | 'who'>): Judgement =>
  value === null || who === null
    ? {
        id: 'token',
        result: 'block',
        text: 'Nobody to act as: set ONCALL_USER_EMAIL, or "email" in user.yaml.',
      }
    : { id: 'token', result: 'pass', text: `As ${who}; its events will carry ${value}.` };
