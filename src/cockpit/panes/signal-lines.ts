import { type Relation, relationTo } from '../../insight/signals.ts';
import type { Incident } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import type { Signal } from '../../model/signal.ts';
import { shortName } from '../../text/reading.ts';
import { handledText, shortTitle, valueText, valueWithUnit } from '../../text/signal-words.ts';
import { condensed, sparkline } from '../../text/sparkline.ts';
import { age } from '../../text/time.ts';
import { width as columns } from '../../text/width.ts';
import { place } from '../stores/anchor.ts';
import type { View } from '../stores/view.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, type Line, type Span, toWidth } from '../widgets/line.ts';

export interface SignalRows {
  readonly view: View;
  /** Keys that the filter lets through, in order. */
  readonly visible: readonly string[];
  /** What stands in relation to it is marked; null: nothing is chosen. */
  readonly incident: Incident | null;
  /** The clock of a monitoring system, by its name. */
  readonly nowOf: (system: string) => Instant;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** From so many columns on there is room for words beside the signs, and below so many none for a history. */
const ROOMY = 90;
const TIGHT = 46;
/** Letters of a source that tell it from the others where there is no room: `nag`, `aws`, `nr`. */
const FEW_LETTERS = 3;

interface Columns {
  readonly service: number;
  readonly value: number;
  readonly history: number;
  readonly source: number;
  readonly handled: number;
  readonly severity: number;
}

/**
 * One row a signal: cursor, relation, state, age, service, title, value with its history, source.
 * `▶◆● 9m  charge-central 5xx     11.4% ▁▁▅█▇ aws`
 */
export function signalLines(rows: SignalRows): Line[] {
  const { view, visible, width, height } = rows;
  const { top, index } = place(visible, view.signals.anchor, height);
  const known = visible.flatMap((key) => {
    const signal = view.signals.known.get(key);
    return signal === undefined ? [] : [{ key, signal }];
  });
  const at = columnsFor(
    known.map(({ signal }) => signal),
    width,
  );
  return known.slice(top, top + height).map(({ key, signal }, offset) => {
    const cursor = top + offset === index;
    const line = row(rows, key, signal, cursor, at);
    return rows.focused && cursor ? chosen(line, width) : toWidth(line, width);
  });
}

function columnsFor(signals: readonly Signal[], width: number): Columns {
  const roomy = width >= ROOMY;
  const widest = (texts: readonly string[], most: number) =>
    Math.min(most, Math.max(0, ...texts.map((text) => columns(text))));
  const measured = signals.some(({ measure }) => measure !== null);
  return {
    service: widest(
      signals.map(({ service }) => service ?? '–'),
      Math.max(8, Math.floor(width * 0.3)),
    ),
    value: widest(
      signals.map((signal) => (roomy ? valueWithUnit(signal) : valueText(signal))),
      16,
    ),
    history: measured && width >= TIGHT ? (roomy ? 15 : 5) : 0,
    source: widest(
      signals.map(({ source }) => shortName(source)),
      roomy ? 10 : FEW_LETTERS,
    ),
    handled: roomy ? widest(signals.map(handledText), 20) : 0,
    severity: roomy
      ? widest(
          signals.map(({ severity }) => severity),
          12,
        )
      : 0,
  };
}

const RELATIONS: Readonly<Record<Relation, string>> = { service: '◆', squad: '◇' };

function row(rows: SignalRows, key: string, signal: Signal, cursor: boolean, at: Columns): Line {
  const { view, incident, width } = rows;
  const gone = view.signals.list.gone.has(key);
  const pending = view.pending.get(key);
  const relation = gone ? null : relationTo(signal, incident);
  const quiet = gone || signal.acknowledged || signal.inDowntime;
  const muted: { tone?: Tone } = quiet ? { tone: 'muted' } : {};
  const right = rightSpans(signal, { gone, pending, roomy: width >= ROOMY }, at);
  const rightWidth = right.reduce((sum, { text }) => sum + columns(text), 0);
  const since = signal.since === null ? '' : age(rows.nowOf(signal.source) - signal.since);
  const severity: Span[] =
    at.severity === 0 ? [] : [{ text: ` ${cell(signal.severity, at.severity)}`, tone: toneOf(signal, gone) }];
  const taken = 9 + (at.severity === 0 ? 0 : at.severity + 1) + at.service + rightWidth;
  return [
    { text: rows.focused && cursor ? '▶' : ' ' },
    { text: relation === null ? ' ' : RELATIONS[relation], tone: 'accent' },
    stateSpan(signal, gone),
    { text: ` ${cell(since, 4)}`, tone: 'muted' },
    ...severity,
    { text: ` ${cell(signal.service ?? '–', at.service)}`, bold: !quiet, ...muted },
    { text: ` ${cell(shortTitle(signal), Math.max(0, width - taken - 1))}`, ...muted },
    ...right,
  ];
}

function stateSpan(signal: Signal, gone: boolean): Span {
  const tone = toneOf(signal, gone);
  if (gone) return { text: '✓', tone };
  if (signal.inDowntime) return { text: '◌', tone: 'muted' };
  return { text: signal.acknowledged ? '○' : '●', tone };
}

function toneOf({ severity, inDowntime }: Signal, gone: boolean): Tone {
  if (gone) return 'good';
  if (inDowntime) return 'muted';
  return severity === 'warning' || severity === 'unknown' ? 'warn' : 'bad';
}

function rightSpans(
  signal: Signal,
  { gone, pending, roomy }: { gone: boolean; pending: string | undefined; roomy: boolean },
  at: Columns,
): Span[] {
  const source: Span = {
    text: ` ${cell(shortName(signal.source).slice(0, at.source), at.source)}`,
    tone: 'muted',
  };
  // Where there is little room, the title takes what is not needed for a number.
  if (!roomy && signal.measure === null && pending === undefined && !gone) return [source];
  const middle = at.value + at.history + (at.history > 0 ? 2 : 1);
  const said = pending ?? (gone ? 'over' : null);
  if (said !== null) {
    const room = Math.max(middle + (at.handled > 0 ? at.handled + 1 : 0), columns(said) + 1);
    return [{ text: cell(` ${said}`, room), tone: gone ? 'good' : 'accent' }, source];
  }
  const value = roomy ? valueWithUnit(signal) : valueText(signal);
  const bars = sparkline(condensed(signal.measure?.values ?? [], at.history));
  return [
    { text: ` ${cell(value, at.value, 'right')}` },
    ...(at.history > 0 ? [{ text: ` ${cell(bars, at.history, 'right')}`, tone: 'muted' as const }] : []),
    ...(at.handled > 0
      ? [{ text: ` ${cell(handledText(signal), at.handled)}`, tone: 'muted' as const }]
      : []),
    source,
  ];
}
