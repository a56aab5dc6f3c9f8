import { type Instant, rfc3339 } from '../model/instant.ts';
import type { Paint, Tone } from './paint.ts';
import { dayAndClock, duration, timeOfDay } from './time.ts';
import { width } from './width.ts';
import { wrap } from './wrap.ts';

/** One thing that happened. */
export interface TimelineLine {
  readonly at: Instant;
  readonly kind: string;
  readonly who: string | null;
  readonly text: string;
  readonly source: string;
  readonly url: string | null;
}

/** How soon what was done; null: it was not, or cannot be told. */
export interface TimelineRecovery {
  readonly triggeredAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly mitigatedAt: Instant | null;
  readonly mitigatedBy: 'errors_ended' | 'healthy' | 'rolled_back' | null;
  readonly resolvedAt: Instant | null;
}

const TONES: Readonly<Record<string, Tone>> = {
  trigger: 'bad',
  log_onset: 'bad',
  log_calm: 'good',
  unhealthy: 'bad',
  launch_failed: 'bad',
  taken_back: 'bad',
  rollback_stuck: 'bad',
  deploy_start: 'accent',
  deploy_end: 'accent',
  rollback_start: 'accent',
  rollback_end: 'accent',
  switched: 'accent',
  rollback_confirmed: 'good',
  resolve: 'good',
};

const GAP = '  ';
/** The text keeps as much, however narrow the terminal is. */
const LEAST = 20;

/**
 * An event a line, times of day in UTC; where another day begins, its date. A long text goes on under itself, and who
 * did it and who tells it follow it:
 *
 *     03:08:00  trigger         5xx above 2% (high)  charge-central · pagerduty
 *
 * @param columns 0: as wide as it wants
 */
export function timelineLines(
  events: readonly TimelineLine[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const kinds = Math.max(0, ...events.map(({ kind }) => kind.length));
  const margin = timeOfDay(0).length + kinds + 2 * GAP.length;
  const room = columns === 0 ? 0 : Math.max(LEAST, columns - margin);
  return events.flatMap((event, index) => {
    const { at, kind } = event;
    const name = paint(TONES[kind] ?? null, kind.replaceAll('_', ' ')) + ' '.repeat(kinds - kind.length);
    const before = events[index - 1];
    const day = before === undefined || date(before.at) !== date(at) ? [paint('strong', date(at))] : [];
    const rows = bodyOf(event, room, paint);
    const head = `${paint('muted', timeOfDay(at))}${GAP}${name}${GAP}${rows[0]}`;
    return [...day, head, ...rows.slice(1).map((row) => ' '.repeat(margin) + row)];
  });
}

function bodyOf({ text, who, source }: TimelineLine, room: number, paint: Paint): readonly string[] {
  const told = who === null ? source : `${who} · ${source}`;
  const rows = wrap(text, room);
  const last = rows.at(-1) ?? '';
  if (room === 0 || width(last) + GAP.length + width(told) <= room) {
    return [...rows.slice(0, -1), `${last}${GAP}${paint('muted', told)}`];
  }
  return [...rows, ...wrap(told, room).map((row) => paint('muted', row))];
}

/** How the harm's end is known. */
export const MITIGATED_BY = {
  errors_ended: 'the errors ended',
  healthy: 'the instances were healthy',
  rolled_back: 'the rollback ended',
} as const;

/** `acknowledged after 6m12s · mitigated after 14m03s (the errors ended) · not resolved yet`. */
export function recoveryText(recovery: TimelineRecovery): string {
  const { triggeredAt, acknowledgedAt, mitigatedAt, mitigatedBy, resolvedAt } = recovery;
  const part = (done: string, at: Instant | null, how = '') =>
    at === null ? `not ${done}` : `${done} after ${duration(at - triggeredAt)}${how}`;
  const how = mitigatedBy === null ? '' : ` (${MITIGATED_BY[mitigatedBy]})`;
  const mitigated = mitigatedAt === null ? 'mitigation not known' : part('mitigated', mitigatedAt, how);
  return [part('acknowledged', acknowledgedAt), mitigated, part('resolved', resolvedAt)].join(' · ');
}

/** The head of the plain text: when it began, and how soon it was over. */
export function recoveryLines(recovery: TimelineRecovery, columns: number, paint: Paint): readonly string[] {
  const text = `triggered ${dayAndClock(recovery.triggeredAt)} · ${recoveryText(recovery)}`;
  return wrap(text, columns).map((row) => paint('muted', row));
}

function date(at: Instant): string {
  return rfc3339(at).slice(0, 10);
}
