import type { Failure } from '../model/failure.ts';
import type { Instant } from '../model/instant.ts';
import { ageMs, isStale, type Reading } from '../model/reading.ts';
import type { SystemHealth } from '../model/system-health.ts';
import type { Tone } from './paint.ts';
import { readingAge } from './time.ts';

export interface Phrase {
  readonly text: string;
  readonly tone: Tone | null;
}

const SHORT: Readonly<Record<string, string>> = { pagerduty: 'pd', newrelic: 'nr', zendesk: 'zd' };

/** `pd`, `splunk`: systems as the header names them. */
export function shortName(system: string): string {
  return SHORT[system] ?? system;
}

/** One system: `pd ok`, `aws 3m`, `splunk DOWN 3m`, `docker not asked`. */
export function systemPhrase(health: SystemHealth, now: Instant, staleAfterMs: number): Phrase {
  const name = shortName(health.name);
  if (health.ok === null) return { text: `${name} not asked`, tone: 'muted' };
  const past = health.lastOkAt === null ? null : Math.max(0, now - health.lastOkAt);
  const age = past === null ? '' : readingAge(past);
  if (!health.ok) return { text: join(name, 'DOWN', age), tone: 'bad' };
  if (past !== null && past > staleAfterMs) return { text: join(name, 'STALE', age), tone: 'warn' };
  return { text: join(name, age === '' ? 'ok' : age), tone: age === '' ? 'good' : null };
}

/** What to add to a part's title: nothing while fresh, `3m old`, `STALE 3m`, `no answer (…)`. */
export function readingPhrase(reading: Reading<unknown>, now: Instant): Phrase {
  const past = ageMs(reading, now);
  const age = past === null ? '' : readingAge(past);
  if (reading.value === null) {
    return reading.error === null
      ? { text: 'not read yet', tone: 'muted' }
      : { text: `no answer: ${reason(reading.error)}`, tone: 'bad' };
  }
  const why = reading.error === null ? '' : `no answer: ${reason(reading.error)}`;
  if (isStale(reading, now)) return { text: join('STALE', age, why === '' ? '' : `(${why})`), tone: 'warn' };
  if (why !== '') return { text: join(age === '' ? 'just before:' : `${age} old,`, why), tone: 'warn' };
  return { text: age === '' ? '' : `${age} old`, tone: 'muted' };
}

function reason(failure: Failure): string {
  return failure.message.replace(/\.$/, '');
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
