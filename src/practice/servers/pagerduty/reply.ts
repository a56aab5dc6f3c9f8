import type { PracticeAnswer } from '../server.ts';

/** An answer of 400 and above in PagerDuty's words: https://developer.pagerduty.com/docs/errors */
export class PagerRefusal extends Error {
  override readonly name = 'PagerRefusal';
  readonly status: number;
  readonly code: number;
  readonly errors: readonly string[];

  constructor(status: number, code: number, message: string, errors: readonly string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export function notFound(): PagerRefusal {
  return new PagerRefusal(404, 2100, 'Not Found');
}

export function invalidInput(...errors: string[]): PagerRefusal {
  return new PagerRefusal(400, 2001, 'Invalid Input Provided', errors);
}

export function json(value: unknown, status = 200): PracticeAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

export function refusalAnswer({ status, code, message, errors }: PagerRefusal): PracticeAnswer {
  return json({ error: { message, code, ...(errors.length === 0 ? {} : { errors }) } }, status);
}
