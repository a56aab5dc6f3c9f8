import type { JudgedPattern } from '../../insight/patterns/news.ts';
import { count, timeOfDay } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { patternsCountedFrom } from '../counted-patterns.ts';
import { began } from '../pattern-onset.ts';
import { deploysOf, logsOf, paneRows, subject, subjectIncident } from '../selectors.ts';
import { place, step } from '../stores/anchor.ts';
import { isHidden, type LogFilter } from '../stores/log-filter.ts';
import { heldPatterns, inOrder, judged, type NewsGround, patternRoom, sinceOf } from '../stores/log-news.ts';
import { LIVE_LOGS } from '../stores/logs-view.ts';
import { noteOn } from './incidents.ts';
import { addLogFilter, dropLogFilter } from './log-filters.ts';

/** The patterns of the log instead of its lines: what is new first. */
export function showPatterns(cockpit: Cockpit): void {
  const { patterns } = LIVE_LOGS;
  cockpit.view.update((view) => ({ ...view, logs: { ...view.logs, show: 'patterns', patterns } }));
}

export function movePattern(cockpit: Cockpit, delta: number): void {
  const { patterns } = cockpit.view.get().logs;
  const keys = inOrder(patterns, patternsNow(cockpit)).map(({ pattern }) => pattern.id);
  const height = patternRoom(paneRows(cockpit, 'logs'));
  const anchor = step(keys, patterns.anchor, delta, height);
  // What came since has its place once it was in sight.
  const seen = patterns.order.length === 0 || place(keys, anchor, height).top === 0;
  const order = seen ? keys : patterns.order;
  cockpit.view.update((view) => ({ ...view, logs: { ...view.logs, patterns: { order, anchor } } }));
}

/** Only the lines of the pattern under the cursor. */
export function keepPattern(cockpit: Cockpit): void {
  const current = currentPattern(cockpit);
  if (current === null) return;
  addLogFilter(cockpit, { kind: 'pattern', template: current.pattern.template, hides: false });
  cockpit.view.update((view) => ({ ...view, logs: { ...view.logs, show: 'lines', anchor: null } }));
}

/** All lines but those of the pattern under the cursor; where they are hidden, with them again. */
export function hidePattern(cockpit: Cockpit): void {
  const current = currentPattern(cockpit);
  if (current === null) return;
  const filter: LogFilter = { kind: 'pattern', template: current.pattern.template, hides: true };
  const hidden = isHidden(cockpit.view.get().logs.filters, filter.template);
  if (hidden) dropLogFilter(cockpit, filter);
  else addLogFilter(cockpit, filter);
  say(
    cockpit,
    hidden
      ? 'Its lines are shown in the log again'
      : `${count(current.pattern.count, 'line')} hidden in the log; x again shows them`,
  );
}

/** A note on the incident that says what the pattern is, to be finished by the person. */
export function notePattern(cockpit: Cockpit): void {
  const text = currentPatternText(cockpit);
  if (text !== null) noteOn(cockpit, text);
}

export function currentPattern(cockpit: Cockpit): JudgedPattern | null {
  const { patterns } = cockpit.view.get().logs;
  const all = inOrder(patterns, patternsNow(cockpit));
  const keys = all.map(({ pattern }) => pattern.id);
  return all[place(keys, patterns.anchor, Number.POSITIVE_INFINITY).index] ?? null;
}

export function needsPattern(cockpit: Cockpit): string | null {
  return currentPattern(cockpit) === null ? 'No pattern is known yet' : null;
}

/** For a note or the clipboard: what, how often, since when, where; null: no pattern is known yet. */
export function currentPatternText(cockpit: Cockpit): string | null {
  const current = currentPattern(cockpit);
  if (current === null) return null;
  const { pattern, news } = current;
  const triggeredAt = subjectIncident(cockpit.view.get())?.triggeredAt ?? null;
  const versions = [...pattern.versions].sort().join(', ');
  const seen = `${count(pattern.count, 'line')} from ${timeOfDay(pattern.firstAt)} to ${timeOfDay(pattern.lastAt)} UTC`;
  const facts = [
    seen,
    versions === '' ? '' : `version ${versions}`,
    began(news, newsGround(cockpit).since, triggeredAt),
  ];
  const kind = news.kind === 'new' ? 'New in the log' : 'In the log';
  return `${kind}: ${pattern.template} (${facts.filter((fact) => fact !== '').join('; ')})`;
}

function patternsNow(cockpit: Cockpit): readonly JudgedPattern[] {
  const view = cockpit.view.get();
  const at = subject(view);
  if (view.logs.held !== null) return heldPatterns(view.logs.held.lines);
  return at === null ? [] : judged(logsOf(cockpit, at).get().value, newsGround(cockpit));
}

/** What the pane judges by now. */
function newsGround(cockpit: Cockpit): NewsGround {
  const view = cockpit.view.get();
  const at = subject(view);
  if (at === null || view.logs.squad) return { since: null, before: null, told: null };
  const { service, environment } = at;
  const logs = logsOf(cockpit, at).get().value;
  const since = sinceOf(subjectIncident(view), deploysOf(cockpit, at).get().value, logs);
  const from = patternsCountedFrom(logs, since);
  return {
    since,
    before: since && cockpit.watch.logsBefore(service, environment, since.at).get().value,
    told: from === null ? null : cockpit.watch.logPatterns(service, environment, from).get().value,
  };
}
