import type { PracticeAnswer } from '../server.ts';

/** An error in Slack's own words, answered with HTTP 200: https://docs.slack.dev/apis/web-api (Evaluating responses) */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly more: object;

  constructor(error: string, more: object = {}) {
    super(error);
    this.more = more;
  }
}

export function json(value: object, status = 200, headers: Record<string, string> = {}): PracticeAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
