import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../model/instant.ts';
import { type Context, Interrupted } from './row.ts';
import type { Printed } from './status-full.ts';

const EVERY_MS = 10 * SECOND;
const CLEAR = '\u001b[H\u001b[2J';

/** Looks every ten seconds and prints again whenever something but an age changed, until it is interrupted. */
export async function repeat(
  context: Context,
  look: (signal: AbortSignal) => Promise<Printed>,
): Promise<number> {
  const signal = context.stopSignal();
  let last: string | null = null;
  while (!signal.aborted) {
    const { text, facts } = await look(signal);
    if (signal.aborted) break;
    if (context.stdout.isTerminal) context.stdout.write(CLEAR + text);
    else if (facts !== last) context.stdout.write(text);
    last = facts;
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return signal.reason instanceof Interrupted ? signal.reason.exitCode : 0;
}
