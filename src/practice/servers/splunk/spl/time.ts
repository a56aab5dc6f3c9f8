import type { Instant } from '../../../../model/instant.ts';

const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^(s|sec|secs|second|seconds)$/, 's'],
  [/^(m|min|mins|minute|minutes)$/, 'm'],
  [/^(h|hr|hrs|hour|hours)$/, 'h'],
  [/^(d|day|days)$/, 'd'],
  [/^(w|week|weeks)$/, 'w'],
  [/^(mon|month|months)$/, 'mon'],
  [/^(y|yr|yrs|year|years)$/, 'y'],
];
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof SECONDS | 'mon' | 'y';

/**
 * A time as searches name it: epoch seconds (with fraction), `now`, ISO 8601, or relative to now such as `-15m`,
 * `-1h@h`, `@d+2h` (Search Reference, "Date and time format variables" and "Time modifiers"). null: none of these.
 */
export function parseTime(text: string, now: Instant): Instant | null {
  if (/^now(\(\))?$/.test(text)) return now;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  if (!/^([+-]\d*[a-z]+|@[a-z]+\d?)+$/.test(text)) return null;
  let at = now;
  for (const [, sign, count, step, snap] of text.matchAll(/([+-])(\d*)([a-z]+)|@([a-z]+)\d?/g)) {
    const unit = unitOf(step ?? snap ?? '');
    if (unit === null) return null;
    at = step === undefined ? snapTo(at, unit) : move(at, unit, Number(`${sign}${count || 1}`));
  }
  return at;
}

/** Milliseconds of a span such as `5m` or `30s`; null when it is none. */
export function parseSpan(text: string): number | null {
  const [, count, name] = /^(\d*)([a-z]+)$/.exec(text) ?? [];
  const unit = unitOf(name ?? '');
  if (unit === null || unit === 'mon' || unit === 'y') return null;
  return Number(count || 1) * SECONDS[unit] * 1000 || null;
}

function unitOf(name: string): Unit | null {
  return UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function move(at: Instant, unit: Unit, count: number): Instant {
  if (unit !== 'mon' && unit !== 'y') return at + count * SECONDS[unit] * 1000;
  const date = new Date(at);
  if (unit === 'mon') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  return date.getTime();
}

function snapTo(at: Instant, unit: Unit): Instant {
  const date = new Date(at);
  if (unit === 'mon') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === 'w') return snapTo(at, 'd') - date.getUTCDay() * 86_400_000;
  return Math.floor(at / (SECONDS[unit] * 1000)) * SECONDS[unit] * 1000;
}
