import { Buffer } from 'node:buffer';
import type { Screen } from './layout.ts';
import { createStore, type Store } from './stores/store.ts';

/** The terminal's size as a store, following resizes until `stop`. */
export function followScreen(stdout: NodeJS.WriteStream): { screen: Store<Screen>; stop(): void } {
  const read = (): Screen => ({
    columns: Math.max(1, stdout.columns || 80),
    rows: Math.max(1, stdout.rows || 24),
  });
  const screen = createStore(read());
  const resized = () => screen.set(read());
  stdout.on('resize', resized);
  return { screen, stop: () => void stdout.off('resize', resized) };
}

/** Terminals refuse more; a log line of that size is no use on a clipboard either. */
const MOST_COPIED_BYTES = 50_000;

/**
 * OSC 52: the terminal at the person's end takes the text, through any number of SSH hops. xterm's ctlseqs document.
 * @param inScreen GNU screen hands on what stands in its DCS strings, unread (its manual, "Control Sequences")
 */
export function clipboardSequence(text: string, inScreen = false): string {
  const payload = Buffer.from(text).subarray(0, MOST_COPIED_BYTES).toString('base64');
  const sequence = `\x1b]52;c;${payload}\x07`;
  if (!inScreen) return sequence;
  const pieces = sequence.match(SCREEN_PIECES) ?? [];
  return pieces.map((piece) => `\x1bP${piece}\x1b\\`).join('');
}

/** A string of GNU screen's holds 768 bytes. */
const SCREEN_PIECES = /[\s\S]{1,700}/g;

export const BELL = '\x07';
