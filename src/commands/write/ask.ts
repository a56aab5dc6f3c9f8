import { createInterface } from 'node:readline/promises';
import type { Context } from '../row.ts';

/** Whether somebody sits there who can be asked. */
export function canAsk(context: Context): boolean {
  return process.stdin.isTTY === true && context.stderr.isTerminal;
}

/** One question on standard error; null when it was broken off (Ctrl-C, Ctrl-D, or `stop`). */
export async function ask(question: string, stop?: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const broken = new AbortController();
  lines.once('SIGINT', () => broken.abort());
  lines.once('close', () => broken.abort());
  const signal = stop === undefined ? broken.signal : AbortSignal.any([broken.signal, stop]);
  try {
    return (await lines.question(question, { signal })).trim();
  } catch {
    process.stderr.write('\n');
    return null;
  } finally {
    lines.close();
  }
}

export async function askYes(question: string): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `);
  return answer !== null && /^y(es)?$/i.test(answer);
}
