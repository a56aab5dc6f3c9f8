import { relationTo } from '../../insight/signals.ts';
import type { Suggestion } from '../../insight/suggested-squad.ts';
import type { Incident } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import type { Signal } from '../../model/signal.ts';
import { handledText, valueWithUnit } from '../../text/signal-words.ts';
import { sparkline } from '../../text/sparkline.ts';
import { age, clock } from '../../text/time.ts';
import { cell, type Line, wrap } from '../widgets/line.ts';
import { suggestionText } from './incident-detail.ts';

const LABEL_WIDTH = 10;

/** Everything about one signal, as rows. */
export function signalDetail(
  signal: Signal,
  incident: Incident | null,
  gone: boolean,
  suggested: Suggestion | null,
  now: Instant,
  width: number,
): Line[] {
  const field = (label: string, value: string): Line[] =>
    wrap(value, width - LABEL_WIDTH).map((row, index) => [
      { text: cell(index === 0 ? label : '', LABEL_WIDTH), tone: 'muted' },
      { text: row },
    ]);
  const { measure, service, squad, since, detail, url } = signal;
  const state = gone ? 'over' : handledText(signal) || 'nobody is on it';
  const related = relation(signal, incident);
  return [
    ...wrap(signal.title, width).map((text): Line => [{ text, bold: true }]),
    ...field('source', `${signal.source} (${signal.kind})`),
    ...field('state', `${signal.severity}, ${state}`),
    ...(since === null ? [] : field('since', `${clock(since)} UTC (${age(now - since)})`)),
    ...field('service', `${service ?? 'not known'} (squad ${squad ?? 'unknown'})`),
    ...(suggested === null ? [] : field('suggested', suggestionText(suggested))),
    ...(related === null ? [] : field('related', related)),
    ...(measure === null ? [] : field('measured', valueWithUnit(signal))),
    ...(measure === null || measure.values.length < 2 ? [] : field('before', sparkline(measure.values))),
    ...(detail === null ? [] : field('says', detail)),
    ...(url === null ? [] : field('link', url)),
  ];
}

function relation(signal: Signal, incident: Incident | null): string | null {
  const how = relationTo(signal, incident);
  if (how === null || incident === null) return null;
  const which = `${incident.service ?? incident.pagerService.name}: ${incident.title}`;
  return how === 'service' ? `${which} (same service)` : `${which} (same squad, about as old)`;
}
