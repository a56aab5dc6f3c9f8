import { MINUTE } from '../../model/instant.ts';
import { ownText, type SafeText } from '../../model/safe-text.ts';

/** Errors that a service logged in a span of time, or why they could not be counted. */
export type Counted =
  | {
      readonly kind: 'counted';
      readonly count: number;
      /** The span was not read to its end: there may be more. */
      readonly atLeast: boolean;
      /** Length of the span, in milliseconds; more than 0. */
      readonly spanMs: number;
    }
  | { readonly kind: 'unread'; readonly why: SafeText }
  /** It will not be counted however often it is tried: not configured, not permitted. */
  | { readonly kind: 'impossible'; readonly why: SafeText };

/** Half as many, or fewer, is what a rollback is for; more than that is not. */
const FELL = 1 / 2;
/** Under that, by less than people would call falling. */
const HARDLY = 9 / 10;
/** Fewer a minute, before as after, come and go by chance. */
const FEW = 5;

/**
 * What the errors of a service did over a rollback, in a sentence or two with what to do next: `41 errors a minute
 * before, none after.`
 * @param look the command that shows the service's lines
 */
export function errorRate(before: Counted, after: Counted, look: string): string {
  return sentence(certain(before), certain(after), look);
}

/** None found in a part of a span says nothing of the whole. */
function certain(counted: Counted): Counted {
  return counted.kind === 'counted' && counted.count === 0 && counted.atLeast ? PARTLY_READ : counted;
}

const PARTLY_READ: Counted = { kind: 'unread', why: ownText('the log was not read to its end') };

function sentence(before: Counted, after: Counted, look: string): string {
  if (before.kind === 'impossible') return `Errors are not counted: ${before.why}`;
  if (after.kind === 'impossible') return `Errors are not counted: ${after.why}`;
  if (after.kind === 'unread') {
    const first = before.kind === 'counted' ? `${told(before)} before; those after` : 'Errors';
    return `${first} could not be counted (${after.why}): look with ${look}.`;
  }
  if (before.kind === 'unread') {
    return `${told(after)} after; those before could not be counted (${before.why}).`;
  }
  return compared(before, after, look);
}

type Count = Extract<Counted, { kind: 'counted' }>;

function compared(before: Count, after: Count, look: string): string {
  const [was, is] = [perMinute(before), perMinute(after)];
  const rates = `${bare(before)} a minute before, ${bare(after)} after`;
  const next = `The version is back all the same: look at what is logged now (${look}), and for another cause.`;
  if (is === 0 && was === 0) return 'No errors before, none after.';
  // A count that may be too low proves no fall when it is the later one, and no lack of one when it is the earlier.
  if (!after.atLeast && is <= was * FELL) return `${told(before)} before, ${bare(after)} after.`;
  if (before.atLeast || is <= was * FELL) {
    return `${told(before)} before, ${bare(after)} after: whether they fell is not known. Look with ${look}.`;
  }
  if (!after.atLeast && Math.max(was, is) < FEW) {
    return `${told(before)} before, ${bare(after)} after: too few to tell whether they fell. Look with ${look}.`;
  }
  if (was === 0) return `No errors before, but ${bare(after)} a minute after. ${next}`;
  if (is > was) return `Errors rose: ${rates}. ${next}`;
  return `${is > was * HARDLY ? 'Errors did not fall' : 'Errors fell a little only'}: ${rates}. ${next}`;
}

function perMinute({ count, spanMs }: Count): number {
  return (count * MINUTE) / spanMs;
}

/** `41 errors a minute`, `At least 1 error a minute`, `No errors`. */
function told(counted: Count): string {
  if (counted.count === 0) return 'No errors';
  const number = bare(counted);
  const text = `${number} ${number === '1' ? 'error' : 'errors'} a minute`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A number for each minute, with one digit of a part while it is small: `41`, `at least 0.3`, `none`. */
function bare(counted: Count): string {
  const { count, atLeast } = counted;
  if (count === 0) return 'none';
  const rate = perMinute(counted);
  const number = rate < 10 ? Number(Math.max(rate, 0.1).toFixed(1)) : Math.round(rate);
  return `${atLeast ? 'at least ' : ''}${number}`;
}
