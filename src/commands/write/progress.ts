import type { Progress } from '../../actions/types.ts';
import { signalsText } from '../../text/signals.ts';
import { timeOfDay } from '../../text/time.ts';
import type { Output } from '../row.ts';

/** What ends sooner is told by its outcome alone. */
const QUIET_MS = 1_500;

/** Prints progress a line at a time: what a deploy prints as it is, each stack event once, each sentence and count when it changes; quick things say nothing. */
export function progressPrinter(out: Output): (progress: Progress) => void {
  const begun = performance.now();
  const told = new Set<string>();
  let last = '';
  let awaited = '';
  let printed = 0;
  return ({ state, text, now, events, signals, output }) => {
    const before = told.size;
    for (const event of events) {
      if (told.has(event.id)) continue;
      told.add(event.id);
      const reason = event.reason === null ? '' : `  ${event.reason}`;
      out.write(`${timeOfDay(event.at)}  ${event.status}  ${event.resource}${reason}\n`);
    }
    for (const line of output.slice(printed)) out.write(`${line}\n`);
    printed = Math.max(printed, output.length);
    const counted = signals === null || signals.until === null ? awaited : signalsText(signals);
    if (counted !== awaited) out.write(`${timeOfDay(now)}  ${counted}\n`);
    awaited = counted;
    const ended = state !== 'sending' && state !== 'sent';
    if (ended || performance.now() - begun < QUIET_MS) return;
    // The newest event is what the sentence says: once is enough.
    if (text !== last && told.size === before) out.write(`${timeOfDay(now)}  ${text}\n`);
    last = text;
  };
}
