import { landedAt, newestDeploy } from '../../insight/newest-deploy.ts';
import { LivePatterns } from '../../insight/patterns/live.ts';
import { type Baseline, type JudgedPattern, judgePatterns } from '../../insight/patterns/news.ts';
import { wholePatterns } from '../../insight/patterns/whole.ts';
import { findSuspect } from '../../insight/suspect.ts';
import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';
import { allLines, type LogLines } from '../../model/log-lines.ts';
import type { CountedPatterns, LogView } from '../../watch/types.ts';
import type { Anchor } from './anchor.ts';

/** What the log is held against: the time before the suspected deploy, else before the incident, else before the newest deploy. */
export interface Since {
  readonly at: Instant;
  /** `1.0.283`, or `the incident`. */
  readonly name: string;
  /** When the suspected deploy was done, or began where it is not; null: it is no deploy. */
  readonly landedAt: Instant | null;
}

/** An incident without a suspected deploy may have begun so long before it was told. */
const BEFORE_TRIGGER_MS = 5 * MINUTE;

/** null: there is nothing to hold it against, or it is not known yet. */
export function sinceOf(
  incident: Incident | null,
  deploys: readonly Deploy[] | null,
  logs: LogView | null,
): Since | null {
  if (deploys === null) return null;
  if (incident !== null) {
    const suspect = findSuspect(incident, deploys)?.deploy;
    return suspect === undefined
      ? { at: incident.triggeredAt - BEFORE_TRIGGER_MS, name: 'the incident', landedAt: null }
      : sinceDeploy(suspect);
  }
  const now = logs?.completeTo ?? logs?.lines.at(-1)?.at;
  const newest = now === undefined ? null : newestDeploy(deploys, now);
  return newest && sinceDeploy(newest);
}

function sinceDeploy(deploy: Deploy): Since {
  return { at: deploy.startedAt, name: deploy.version, landedAt: landedAt(deploy) };
}

/** What the patterns of a log are judged by; `told`: those that the log system counted over the whole span. */
export interface NewsGround {
  readonly since: Since | null;
  readonly before: Baseline | null;
  readonly told: CountedPatterns | null;
}

/** Judges once for each log and ground. */
export function judged(logs: LogView | null, ground: NewsGround): readonly JudgedPattern[] {
  if (logs === null) return [];
  const { since, before, told } = ground;
  const known = cache.get(logs);
  if (known?.before === before && known.told === told && known.since?.at === since?.at) return known.judged;
  const now = logs.lines.at(-1)?.at ?? 0;
  const from = logs.from ?? now;
  const found = judgePatterns(
    told === null ? logs.patterns() : wholePatterns(logs.patterns(), told.patterns),
    {
      since: since?.at ?? 0,
      before: since === null ? null : before,
      from,
      countedFrom: Math.min(from, told?.from ?? from),
      now,
    },
  );
  cache.set(logs, { ...ground, judged: found });
  return found;
}

interface Known extends NewsGround {
  readonly judged: readonly JudgedPattern[];
}

const cache = new WeakMap<LogView, Known>();

/** Those of lines that are read instead of the live log: there is no time before them to judge them by. */
export function heldPatterns(lines: LogLines): readonly JudgedPattern[] {
  const all = allLines(lines);
  const known = heldCache.get(all);
  if (known !== undefined) return known;
  const patterns = new LivePatterns();
  for (const line of all) patterns.add(line);
  const found = judgePatterns(patterns.patterns(), NOTHING_BEFORE);
  heldCache.set(all, found);
  return found;
}

const NOTHING_BEFORE = { since: 0, before: null, from: 0, countedFrom: 0, now: 0 };
const heldCache = new WeakMap<readonly LogLine[], readonly JudgedPattern[]>();

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
