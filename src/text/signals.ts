import { hourAndMinute } from '../model/instant.ts';
import type { SignalCount } from '../model/stack.ts';

/** `2 of 3 signals, at most until 03:22 UTC`. */
export function signalsText({ received, failed, needed, until }: SignalCount): string {
  const bad = failed === 0 ? '' : `, ${failed} failed`;
  const deadline = until === null ? '' : `, at most until ${hourAndMinute(until)} UTC`;
  return `${received} of ${needed} signals${bad}${deadline}`;
}
