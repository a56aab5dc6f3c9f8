import type { Outcome, Progress } from '../../actions/types.ts';
import type { Group } from '../../model/fleet.ts';
import type { StackEvent } from '../../model/stack.ts';
import { signalsText } from '../../text/signals.ts';
import { duration, timeOfDay } from '../../text/time.ts';
import { groupLine } from '../panes/fleet-lines.ts';
import { newestFirst } from '../stores/fleet-tree.ts';
import type { Run } from '../stores/runs.ts';
import type { Tone } from '../theme.ts';
import { cell, type Line, wrap } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';
import { bar } from './plan.ts';

const OUTCOMES: Readonly<Record<Outcome['state'], { readonly word: string; readonly tone: Tone }>> = {
  confirmed: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  refused: { word: 'Refused', tone: 'warn' },
  unknown: { word: 'Not known', tone: 'warn' },
};

/** Live: how far it is, old and new group, the stack's own events with the newest at the bottom, then the outcome. */
export function progressContent(
  run: Run,
  groups: readonly Group[],
  width: number,
  height: number,
): DialogContent {
  const inner = width - 4;
  const head: Line[] = [...state(run, inner), []];
  const fleet: Line[] =
    groups.length === 0 ? [] : [...newestFirst(groups).map((group) => groupLine(group, null)), []];
  const room = Math.max(1, height - 2 - head.length - fleet.length - 2);
  const events = (run.progress?.events ?? []).slice(-room).map(eventLine);
  const foot: Line[] =
    run.outcome === null
      ? [[{ text: 'Esc leaves the watching; the work goes on', tone: 'muted' }]]
      : [[{ text: 'Esc closes', tone: 'muted' }]];
  return { title: run.title, body: [...head, ...fleet, ...events], foot, scroll: 0 };
}

function state(run: Run, width: number): Line[] {
  const { outcome, progress, expectedMs } = run;
  if (outcome !== null) {
    const { word, tone } = OUTCOMES[outcome.state];
    return wrap(`${word}: ${outcome.text}`, width).map((text) => [{ text, tone, bold: true }]);
  }
  if (progress === null) return [[{ text: 'sending…', tone: 'muted' }]];
  const elapsed = Math.max(0, progress.now - progress.startedAt);
  const told = wrap(progress.text, width).map((text): Line => [{ text, bold: true }]);
  const signals = signalLines(progress, width);
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

/** Signals received against needed, with the deadline while it runs. */
function signalLines({ signals, now }: Progress, width: number): Line[] {
  if (signals === null) return [];
  const { received, failed, needed, until } = signals;
  const left = until === null || received >= needed ? '' : `, ${duration(until - now)} left`;
  return wrap(`${signalsText(signals)}${left}`, width).map(
    (text): Line => [{ text, tone: failed > 0 ? 'bad' : received >= needed ? 'good' : 'warn' }],
  );
}

function eventLine(event: StackEvent): Line {
  return [
    { text: `${timeOfDay(event.at)} `, tone: 'muted' },
    { text: `${cell(event.resource, 22)} ` },
    { text: `${cell(event.status, 36)} `, ...eventTone(event.status) },
    { text: event.reason ?? '', tone: 'muted' },
  ];
}

function eventTone(status: string): { tone?: Tone } {
  if (status.includes('FAILED') || status.includes('ROLLBACK')) return { tone: 'bad' };
  return status.endsWith('_COMPLETE') ? { tone: 'good' } : {};
}
