import type { PracticeAnswer } from '../server.ts';

/** An answer of 400 and above: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export class GithubRefusal extends Error {
  override readonly name = 'GithubRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): PracticeAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function refusalAnswer({ status, message }: GithubRefusal): PracticeAnswer {
  return json({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, status);
}
