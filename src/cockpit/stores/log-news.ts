import { type Baseline, type JudgedPattern, judgePatterns } from '../../insight/patterns/news.ts';
import { findSuspect } from '../../insight/suspect.ts';
import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import type { LogView } from '../../watch/types.ts';
import type { Anchor } from './anchor.ts';

/** What the log is held against: the time before the suspected deploy, else before the incident. */
export interface Since {
  readonly at: Instant;
  /** `1.0.283`, or `the incident`. */
  readonly name: string;
  /** When the suspected deploy was done, or began where it is not; null: it is no deploy. */
  readonly landedAt: Instant | null;
}

/** An incident without a suspected deploy may have begun so long before it was told. */
const BEFORE_TRIGGER_MS = 5 * MINUTE;

export function sinceOf(incident: Incident | null, deploys: readonly Deploy[] | null): Since | null {
  if (incident === null || deploys === null) return null;
  const suspect = findSuspect(incident, deploys)?.deploy;
  return suspect === undefined
    ? { at: incident.triggeredAt - BEFORE_TRIGGER_MS, name: 'the incident', landedAt: null }
    : { at: suspect.startedAt, name: suspect.version, landedAt: suspect.finishedAt ?? suspect.startedAt };
}

/** Judges once for each pair of log and time before. */
export function judged(
  logs: LogView | null,
  since: Since | null,
  before: Baseline | null,
): readonly JudgedPattern[] {
  if (logs === null) return [];
  const known = cache.get(logs);
  if (known !== undefined && known.before === before && known.since?.at === since?.at) return known.judged;
  const now = logs.lines.at(-1)?.at ?? 0;
  const ground = {
    since: since?.at ?? 0,
    before: since === null ? null : before,
    from: logs.from ?? now,
    now,
  };
  const found = judgePatterns(logs.patterns(), ground);
  cache.set(logs, { since, before, judged: found });
  return found;
}

interface Known {
  readonly since: Since | null;
  readonly before: Baseline | null;
  readonly judged: readonly JudgedPattern[];
}

const cache = new WeakMap<LogView, Known>();

/** How the patterns are looked at. */
export interface PatternsView {
  /** Ids in the order of the first sight, so that no row moves by itself. */
  readonly order: readonly string[];
  readonly anchor: Anchor | null;
}

/** In the order of the first sight; what came since stands above. */
export function inOrder(
  { order }: PatternsView,
  patterns: readonly JudgedPattern[],
): readonly JudgedPattern[] {
  const byId = new Map(patterns.map((each) => [each.pattern.id, each]));
  const known = new Set(order);
  return [
    ...patterns.filter(({ pattern }) => !known.has(pattern.id)),
    ...order.flatMap((id) => byId.get(id) ?? []),
  ];
}

/** Rows of the patterns view that are no patterns: what they are judged by, and what is known of the one under the cursor. */
const OTHER_ROWS = 3;

/** Rows of the patterns view that are for patterns. */
export function patternRoom(height: number): number {
  return Math.max(0, height - OTHER_ROWS);
}

/** In the order that they have now, from now on. */
export function settled(patterns: readonly JudgedPattern[]): PatternsView {
  const order = patterns.map(({ pattern }) => pattern.id);
  const [first] = order;
  return { order, anchor: first === undefined ? null : { key: first, row: 0 } };
}
