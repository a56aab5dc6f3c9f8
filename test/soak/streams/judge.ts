import { SECOND } from '../../../src/model/instant.ts';
import type { LogGap } from '../../../src/model/log-line.ts';
import { eventOf, type Followed, type Session } from './follow.ts';
import type { StreamEvent } from './stream.ts';

/** Searchable so soon after it was indexed, an event is shown by the next look. */
const PROMPT_MS = 30 * SECOND;

/** What is wrong with how a stream was followed; empty: every event was shown once, or was told as not shown. */
export function wrongWith(followed: Followed): readonly string[] {
  const { sessions, events, jobsLeft } = followed;
  const wrong = sessions.flatMap((session, n) => [
    ...repeated(session),
    ...mislabelled(session),
    ...broken(session, events).map((text) => `tail ${n}: ${text}`),
  ]);
  const last = sessions.at(-1);
  if (last !== undefined) wrong.push(...missing(last, events));
  wrong.push(...unlikeWatch(followed));
  if (jobsLeft > 0) wrong.push(`${jobsLeft} search jobs were left behind`);
  return wrong;
}

function repeated({ batches }: Session): string[] {
  const seen = new Set<number>();
  const twice = batches
    .flatMap(({ lines }) => lines.map(eventOf))
    .filter((n) => seen.size === seen.add(n).size);
  return twice.length === 0 ? [] : [`shown twice: ${twice}`];
}

/** Of the last tail: it has had the time to find everything that was searchable within the bounds. */
function missing({ batches }: Session, events: readonly StreamEvent[]): string[] {
  const shown = new Set(batches.flatMap(({ lines }) => lines.map(eventOf)));
  const from = batches[0]?.from ?? 0;
  const lacking = events.filter(({ n, at }) => at > from && !shown.has(n));
  const told = batches.reduce((sum, { notShown }) => sum + notShown, 0);
  const gaps = batches.flatMap(({ notShownIn }) => (notShownIn === undefined ? [] : [notShownIn]));
  const silent = lacking.filter(({ indexed }) => !gaps.some((gap) => isIn(gap, indexed)));
  return [
    ...silent.map((event) => `lost: ${JSON.stringify(event)}`),
    ...(lacking.length > told ? [`${lacking.length} are not shown, and ${told} told as such`] : []),
  ];
}

/** Whether each batch kept what the ones before it had promised. */
function broken({ batches }: Session, events: readonly StreamEvent[]): string[] {
  const from = batches[0]?.from ?? 0;
  const shown = new Set<number>();
  const gaps: LogGap[] = [];
  let before = 0;
  return batches.flatMap(({ lines, completeTo, notShownIn }) => {
    for (const line of lines) shown.add(eventOf(line));
    if (notShownIn !== undefined) gaps.push(notShownIn);
    const due = events
      .filter(({ n, at }) => at > from && !shown.has(n))
      .filter(
        ({ indexed, visible }) =>
          indexed < completeTo && visible <= completeTo && indexed >= before - PROMPT_MS,
      )
      .filter(({ indexed }) => !gaps.some((gap) => isIn(gap, indexed)));
    const back = completeTo < before ? ['completeTo went back'] : [];
    before = completeTo;
    return [...back, ...due.map((event) => `not complete to ${completeTo}: ${JSON.stringify(event)}`)];
  });
}

function mislabelled({ batches }: Session): string[] {
  let told = { completeTo: 0, linesTo: 0 };
  return batches.flatMap(({ lines, completeTo, linesTo = completeTo }) => {
    const before = told;
    told = { completeTo, linesTo };
    return lines
      .filter(({ at, indexedAt, late }) => late !== (indexedAt < before.completeTo || at < before.linesTo))
      .map(({ id, late }) => `${id} is ${late ? '' : 'not '}labelled late`);
  });
}

/** The cockpit has what its tails brought, each line once; a tail that left a time out began it anew. */
function unlikeWatch({ sessions, view }: Followed): string[] {
  const kept = new Set<number>();
  let linesTo: number | null = null;
  let notShown = 0;
  for (const { batches } of sessions) {
    for (const batch of batches) {
      if (batch.from !== undefined && linesTo !== null && batch.from > linesTo) {
        kept.clear();
        notShown = 0;
      }
      linesTo = batch.linesTo ?? batch.completeTo;
      notShown += batch.notShown;
      for (const line of batch.lines) kept.add(eventOf(line));
    }
  }
  const has = view.lines.map(eventOf);
  const counted = view.patterns().reduce((sum, { count }) => sum + count, 0);
  const same = has.length === kept.size && has.every((n) => kept.has(n)) && new Set(has).size === has.length;
  return [
    ...(same ? [] : [`the cockpit has ${has.length} lines of ${kept.size}`]),
    ...(counted === kept.size ? [] : [`${counted} lines are counted in patterns, of ${kept.size}`]),
    ...(view.notShown === notShown
      ? []
      : [`the cockpit tells ${view.notShown} as not shown, not ${notShown}`]),
  ];
}

function isIn({ from, to }: LogGap, at: number): boolean {
  return at >= from && at < to;
}
