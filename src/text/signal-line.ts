import type { Instant } from '../model/instant.ts';
import type { Signal } from '../model/signal.ts';
import { handledText, shortTitle, valueWithUnit } from './signal-words.ts';
import { sparkline } from './sparkline.ts';
import type { Cell, Column } from './table.ts';
import { ago } from './time.ts';

/** Mark and age, severity, service, title, value with its history, who is on it, relation, and what names it to a command. */
export const SIGNAL_COLUMNS: readonly Column[] = [
  {},
  { align: 'right' },
  {},
  {},
  { gives: true },
  { align: 'right' },
  {},
  {},
  {},
  {},
];

export interface SignalAround {
  /** The source's own clock. */
  readonly now: Instant;
  /** It goes with an open incident. */
  readonly related: boolean;
}

export function signalCells(signal: Signal, { now, related }: SignalAround): readonly Cell[] {
  const quiet = signal.acknowledged || signal.inDowntime;
  const mild = signal.severity === 'warning' || signal.severity === 'unknown';
  const tone = quiet ? 'muted' : mild ? 'warn' : 'bad';
  return [
    { text: quiet ? '○' : '●', tone },
    { text: signal.since === null ? '' : ago(now - signal.since) },
    { text: signal.severity, tone },
    { text: signal.service ?? '–', tone: 'strong' },
    { text: shortTitle(signal) },
    { text: valueWithUnit(signal) },
    { text: sparkline(signal.measure?.values ?? []), tone: 'muted' },
    { text: handledText(signal), tone: 'muted' },
    { text: related ? 'related' : '', tone: 'accent' },
    { text: `${signal.source}:${signal.id}`, tone: 'muted' },
  ];
}
