import type { Failure, FailureCode } from '../model/failure.ts';
import { DAY, HOUR, MINUTE } from '../model/instant.ts';
import type { Budget, Examination, Trouble } from '../model/ports/probe.ts';

/** Clocks farther apart than that put what happened in a wrong order. */
export const MOST_SKEW_MS = MINUTE;
/** Of a budget: with less than this part of it left something else is eating it. */
const LITTLE_LEFT = 0.1;

/** What is said of one system. */
export interface Diagnosis {
  readonly system: string;
  readonly environment: string | null;
  readonly ok: boolean;
  readonly latencyMs: number | null;
  readonly identity: string | null;
  readonly missing: readonly string[];
  /** Against this machine. */
  readonly skewMs: number | null;
  readonly budget: Budget | null;
  readonly failure: Failure | null;
  /** What is wrong, in a sentence; null: nothing. It may be no failure (`ok`) but something that could be better. */
  readonly problem: string | null;
  /** What to do about it, in one short line; null: nothing. */
  readonly fix: string | null;
}

/**
 * Judges an examination.
 * @param reference how far PagerDuty's clock is ahead of this machine's; null: not known, then nothing is compared
 */
export function diagnose(
  { system, environment, key, outcome }: Examination,
  reference: number | null,
): Diagnosis {
  const at = { system, environment };
  if (outcome.kind === 'failed') {
    const { failure, cure } = outcome;
    return {
      ...at,
      ok: false,
      latencyMs: null,
      identity: null,
      missing: [],
      skewMs: null,
      budget: null,
      failure,
      problem: failure.message,
      fix: cure ?? usualCure(failure, key),
    };
  }
  const { latencyMs, skewMs, probed } = outcome;
  const wrong =
    lacking(probed.missing) ??
    failing(probed.trouble) ??
    skewed(skewMs, reference) ??
    nearlySpent(probed.budget);
  const told = wrong ?? probed.trouble ?? null;
  return {
    ...at,
    ok: wrong === null,
    latencyMs,
    identity: probed.identity,
    missing: probed.missing,
    skewMs,
    budget: probed.budget,
    failure: null,
    problem: told?.text ?? null,
    fix: told?.fix ?? null,
  };
}

function failing(trouble: Trouble | null | undefined): Trouble | null {
  return trouble === undefined || trouble === null || trouble.works === true ? null : trouble;
}

function lacking(missing: readonly string[]): Trouble | null {
  if (missing.length === 0) return null;
  return { text: `It lacks ${missing.join(', ')}.`, fix: `grant ${missing.join(', ')}` };
}

function skewed(skewMs: number | null, reference: number | null): Trouble | null {
  if (skewMs === null || reference === null) return null;
  const off = skewMs - reference;
  if (Math.abs(off) <= MOST_SKEW_MS) return null;
  return {
    text: `Its clock is ${coarse(off)} ${off > 0 ? 'ahead of' : 'behind'} PagerDuty’s.`,
    fix: 'set its clock (NTP): what happened there shows in the wrong order',
  };
}

function nearlySpent(budget: Budget | null): Trouble | null {
  if (budget === null || budget.of === 0 || budget.left / budget.of >= LITTLE_LEFT) return null;
  return {
    text: `Of its budget of ${budget.of} requests ${budget.left} are left.`,
    fix: 'find what else asks with this token, or use a token of its own',
  };
}

/** `40s`, `12m`, `3h`, `6d`. */
export function coarse(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return `${Math.round(size / 1000)}s`;
  if (size < HOUR) return `${Math.round(size / MINUTE)}m`;
  return size < 2 * DAY ? `${Math.round(size / HOUR)}h` : `${Math.round(size / DAY)}d`;
}

const CURES: { readonly [C in FailureCode]: (key: string, failure: Failure) => string } = {
  dns: (key) => `check ${key}.url, the network and the VPN`,
  refused: (key) => `check ${key}.url, or ask whether it is down`,
  reset: () => 'try again; if it stays so, look at the proxy and the network',
  timeout: () => 'check the network and the VPN, or ask whether it is slow today',
  tls: (key, failure) =>
    /expired|clock/.test(failure.message)
      ? 'compare this machine’s clock with the certificate’s dates'
      : `name your authority’s file (PEM) as ${key}.ca_file`,
  too_large: (key) => `check ${key}.url: this is not the answer of its API`,
  unreadable: (key) => `check ${key}.url, and whether a proxy or login page answers`,
  unauthorized: (key) => `put a valid token where ${key}.token says`,
  forbidden: (key) => `let the token of ${key} read, or use another`,
  not_found: (key) => `check ${key}.url: its API is not there`,
  conflict: (key) => `check ${key}`,
  invalid: (key) => `check ${key}: it does not take what is asked`,
  rate_limited: () => 'wait; find what else asks with this token',
  server_error: () => 'nothing to do here: tell those who run it',
  circuit_open: () => 'wait, and try again',
  not_configured: (key) => `mend ${key}`,
  aborted: () => 'run oncall doctor again',
  unknown: (key) => `check ${key}`,
};

function usualCure(failure: Failure, key: string): string {
  return CURES[failure.code](key, failure);
}
