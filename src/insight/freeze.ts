import type { Freeze, FreezeWindow, WeekTime } from '../model/catalog.ts';
import { type Instant, rfc3339 } from '../model/instant.ts';
import { localTime } from '../model/time-zone.ts';
import { MENDING_FLAGS, type Mending } from './rollback/mending.ts';

/** What somebody wants to change, and when. */
export interface Wish {
  readonly service: string;
  readonly environment: string;
  /** Of the system that is changed. */
  readonly now: Instant;
  /** Why it has to be in spite of a freeze; null: nobody said. */
  readonly override: string | null;
  /** What is wanted of an update that is under way or stuck; null: a rollback. */
  readonly mending: Mending | null;
}

export interface FreezeJudgement {
  readonly id: 'freeze';
  readonly result: 'pass' | 'block';
  readonly text: string;
}

/** The first window that covers it now; null: nothing is frozen. */
export function freezeOver(
  freezes: readonly Freeze[],
  { service, environment, now }: Pick<Wish, 'service' | 'environment' | 'now'>,
): Freeze | null {
  const covering = freezes.find(
    ({ window, environments, services }) =>
      (environments === null || environments.includes(environment)) &&
      (services === null || services.includes(service)) &&
      isIn(window, now),
  );
  return covering ?? null;
}

/** A freeze window blocks, unless there is a reason to go on all the same. */
export function judgeFreeze(freezes: readonly Freeze[], wish: Wish): FreezeJudgement {
  const { service, environment, override, mending } = wish;
  const freeze = freezeOver(freezes, wish);
  const id = 'freeze';
  if (freeze === null) {
    return { id, result: 'pass', text: `No freeze window covers ${service} in ${environment} now.` };
  }
  const frozen = `${service} in ${environment} is frozen until ${ending(freeze.window)} (${freeze.reason})`;
  if (override !== null) return { id, result: 'pass', text: `${frozen}; overridden: ${override}.` };
  const what = mending === null ? '' : ` ${MENDING_FLAGS[mending]}`;
  return {
    id,
    result: 'block',
    text: `${frozen}. To go on all the same, give a reason: oncall rollback ${service} --env ${environment}${what} --override-freeze REASON.`,
  };
}

function isIn(window: FreezeWindow, now: Instant): boolean {
  if (window.kind === 'once') return now >= window.from && now < window.to;
  const [from, to, at] = [window.from, window.to, localTime(now, window.timeZone)].map(minuteOfWeek);
  if (from === undefined || to === undefined || at === undefined) return false;
  return from < to ? at >= from && at < to : at >= from || at < to;
}

function minuteOfWeek({ weekday, minutes }: WeekTime): number {
  return (weekday - 1) * 24 * 60 + minutes;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function ending(window: FreezeWindow): string {
  if (window.kind === 'once') return rfc3339(window.to);
  const { weekday, minutes } = window.to;
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${WEEKDAYS[weekday - 1]} ${clock} ${window.timeZone}`;
}
