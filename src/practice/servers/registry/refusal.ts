import type { PracticeAnswer } from '../server.ts';

/** An answer of 400 and above: https://distribution.github.io/distribution/spec/api/#errors-2 */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
  readonly answer: PracticeAnswer;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    const body = JSON.stringify({ errors: [{ code, message, detail: null }] });
    this.answer = { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
  }
}
