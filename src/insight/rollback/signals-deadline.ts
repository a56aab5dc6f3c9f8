import { hourAndMinute, MINUTE } from '../../model/instant.ts';
import type { Judge } from './facts.ts';
import { neededSignals } from './signals.ts';

/** How many instances must say SUCCESS, and by when; both stand in the template. */
export const signalsDeadline: Judge = ({ signals, stack, now, expectedMs }) => {
  const id = 'signals-deadline';
  const usual =
    expectedMs === null
      ? ''
      : ` Earlier deploys took about ${Math.max(1, Math.round(expectedMs / MINUTE))} min.`;
  if (signals.kind === 'unread') {
    return {
      id,
      result: 'skipped',
      text: `How many signals are needed, and by when, is in the template, which cannot be read: ${signals.why}${usual}`,
    };
  }
  const { rule } = signals;
  if (rule === null) {
    return {
      id,
      result: 'warn',
      text: `The template waits for no signal: the old group goes whether or not the new instances are well.${usual}`,
    };
  }
  const { timeoutMs, inBatches } = rule;
  const needed = neededSignals(rule, stack);
  const wanted =
    needed === null ? 'A signal of each new instance' : `${needed} ${needed === 1 ? 'signal' : 'signals'}`;
  if (timeoutMs === null) {
    return { id, result: 'skipped', text: `${wanted} needed; the time-out cannot be told.${usual}` };
  }
  const minutes = Math.round(timeoutMs / MINUTE);
  return {
    id,
    result: 'pass',
    text: inBatches
      ? `${wanted} needed, ${minutes} min time-out for each batch.${usual}`
      : `${wanted} needed, ${minutes} min time-out: begun now, at most until ${hourAndMinute(now + timeoutMs)} UTC.${usual}`,
  };
};
