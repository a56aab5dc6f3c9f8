import type { PracticeAnswer } from '../server.ts';

/** An answer of 400 and above: `{message, "status-code"}`. */
export class BambooRefusal extends Error {
  override readonly name = 'BambooRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  get answer(): PracticeAnswer {
    return json({ message: this.message, 'status-code': this.status }, this.status);
  }
}

export function json(value: unknown, status = 200): PracticeAnswer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

/** What whoever does not ask for JSON gets. */
export function xml(): PracticeAnswer {
  const body = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><restResult/>';
  return { status: 200, headers: { 'Content-Type': 'application/xml' }, body };
}
