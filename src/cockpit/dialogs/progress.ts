import type { Outcome, Progress } from '../../actions/types.ts';
import type { Group } from '../../model/fleet.ts';
import type { StackEvent } from '../../model/stack.ts';
import { signalsText } from '../../text/signals.ts';
import { duration, timeOfDay } from '../../text/time.ts';
import { forwardVersion, type Run } from '../stores/runs.ts';
import type { Tone } from '../theme.ts';
import { cell, type Line, type Span, wrap } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';
import { groupRows } from './progress-groups.ts';

const OUTCOMES: Readonly<Record<Outcome['state'], { readonly word: string; readonly tone: Tone }>> = {
  confirmed: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  refused: { word: 'Refused', tone: 'warn' },
  unknown: { word: 'Not known', tone: 'warn' },
};

/**
 * How far it is, or how it ended, over what it printed, old and new group, over the stack's events. The newest event stands first:
 * whatever does not fit is below and can be scrolled to.
 */
export function progressContent(
  run: Run,
  groups: readonly Group[],
  scroll: number,
  width: number,
  readOnly: boolean,
): DialogContent {
  const inner = width - 4;
  const fleet = groupRows(groups, inner);
  const events = [...(run.progress?.events ?? [])].reverse().flatMap((event) => eventRows(event, inner));
  const printed = outputRows(run.progress, inner);
  const parts = [state(run, inner), printed, fleet, events].filter((rows) => rows.length > 0);
  const body = parts.flatMap((rows, index) => (index === 0 ? rows : [[], ...rows]));
  return { title: run.title, body, foot: [foot(run, readOnly)], scroll };
}

function foot(run: Run, readOnly: boolean): Line {
  if (run.outcome === null) return [{ text: 'Esc leaves the watching; the work goes on', tone: 'muted' }];
  const version = forwardVersion(run);
  const key = (text: string): Span => ({ text, tone: 'accent', bold: true });
  const forward: Line =
    version === null || readOnly
      ? []
      : [key('f'), { text: ` rolls forward again to ${version}: plan and typed name first   ` }];
  return [...forward, key('Esc'), { text: ' closes' }];
}

function state(run: Run, width: number): Line[] {
  const { outcome, progress, expectedMs } = run;
  if (outcome !== null) return [...ending(outcome, width), ...took(progress)];
  if (progress === null) return [[{ text: 'sending…', tone: 'muted' }]];
  const elapsed = Math.max(0, progress.now - progress.startedAt);
  const told = wrap(progress.text, width).map((text): Line => [{ text, bold: true }]);
  const signals = signalRows(progress, width);
  if (expectedMs === null) return [...told, [{ text: duration(elapsed), tone: 'muted' }], ...signals];
  // It may take longer than it did before: only the end is the end.
  const part = Math.min(0.98, elapsed / expectedMs);
  const over = elapsed > expectedMs ? ', longer than usual' : '';
  return [
    ...told,
    [
      { text: bar(part, Math.max(10, Math.min(50, width - 40))), tone: 'accent' },
      { text: `  ${duration(elapsed)} of about ${duration(expectedMs)}${over}`, tone: 'muted' },
    ],
    ...signals,
  ];
}

function ending({ state: end, text }: Outcome, width: number): Line[] {
  const { word, tone } = OUTCOMES[end];
  return wrap(`${word}: ${text}`, width).map((row) => [{ text: row, tone, bold: true }]);
}

function took(progress: Progress | null): Line[] {
  if (progress === null || progress.events.length === 0) return [];
  return [[{ text: `took ${duration(progress.now - progress.startedAt)}`, tone: 'muted' }]];
}

/** Signals received against needed, with the deadline while it runs. */
function signalRows({ signals, now }: Progress, width: number): Line[] {
  if (signals === null) return [];
  const { received, failed, needed, until } = signals;
  const left = until === null || received >= needed ? '' : `, ${duration(until - now)} left`;
  return wrap(`${signalsText(signals)}${left}`, width).map(
    (text): Line => [{ text, tone: failed > 0 ? 'bad' : received >= needed ? 'good' : 'warn' }],
  );
}

const OUTPUT_ROWS = 12;

/** The end of what a deploy printed. */
function outputRows(progress: Progress | null, width: number): Line[] {
  const lines = (progress?.output ?? []).slice(-OUTPUT_ROWS);
  return lines
    .flatMap((line) => wrap(line, width))
    .slice(-OUTPUT_ROWS)
    .map((text) => [{ text }]);
}

const TIME_COLUMNS = 9;

/** One row; of what failed the reason in full, under it. */
function eventRows(event: StackEvent, width: number): Line[] {
  const { reason, status } = event;
  const failed = status.endsWith('_FAILED') && reason !== null;
  const columns = width < 100 ? { resource: 18, status: 28 } : { resource: 22, status: 36 };
  const row: Line = [
    { text: `${timeOfDay(event.at)} `, tone: 'muted' },
    { text: `${cell(event.resource, columns.resource)} ` },
    { text: reason === null ? status : `${cell(status, columns.status)} `, ...eventTone(status) },
    { text: failed ? '' : (reason ?? ''), tone: 'muted' },
  ];
  if (!failed) return [row];
  const why = wrap(reason, width - TIME_COLUMNS).map((text): Line => {
    return [{ text: ' '.repeat(TIME_COLUMNS) }, { text, tone: 'bad' }];
  });
  return [row, ...why];
}

function eventTone(status: string): { tone?: Tone } {
  if (status.includes('FAILED') || status.includes('ROLLBACK')) return { tone: 'bad' };
  return status.endsWith('_COMPLETE') ? { tone: 'good' } : {};
}

/** A bar of `width` cells, filled to `part` of 1. */
function bar(part: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * width);
  return cell('█'.repeat(full), width).replaceAll(' ', '░');
}
