import type { Suggestion } from '../../insight/suggested-squad.ts';
import { type ZoneTrouble, zoneSentence } from '../../insight/zone-trouble.ts';
import { type Catalog, findService } from '../../model/catalog.ts';
import type { Alert, Incident, IncidentDetail, LogEntry, Note } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import { age, clock } from '../../text/time.ts';
import { cell, type Line, wrap } from '../widgets/line.ts';

const LABEL_WIDTH = 10;

/** One incident and what is known of it. */
export interface Known {
  readonly incident: Incident;
  /** null until it was read. */
  readonly detail: IncidentDetail | null;
  /** null: no zone is in trouble. */
  readonly zone: ZoneTrouble | null;
  /** null: no other squad than the one that has it. */
  readonly suggested: Suggestion | null;
}

/** Everything about one incident, as rows. */
export function detailLines(
  { incident, detail, zone, suggested }: Known,
  catalog: Catalog,
  now: Instant,
  width: number,
): Line[] {
  const current = detail?.incident ?? incident;
  const runbook = (current.service && findService(catalog, current.service)?.runbook) || null;
  const who = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(', ');
  return [
    ...wrap(current.title, width).map((text): Line => [{ text, bold: true }]),
    ...field('state', `${current.status}, ${current.urgency} urgency`, width),
    ...field('since', `${clock(current.triggeredAt)} UTC (${age(now - current.triggeredAt)})`, width),
    ...field(
      'service',
      `${current.service ?? current.pagerService.name} (squad ${current.squad ?? 'unknown'})`,
      width,
    ),
    ...(zone?.services.includes(current.service ?? '') ? field('zone', zoneSentence(zone), width) : []),
    ...field('policy', current.escalationPolicy.name, width),
    ...(suggested === null ? [] : field('suggested', suggestionText(suggested), width)),
    ...field('assigned', who(current.assignees) || 'nobody', width),
    ...(current.acknowledgedBy.length > 0 ? field('acked by', who(current.acknowledgedBy), width) : []),
    ...(current.snoozedUntil !== null
      ? field('snoozed', `until ${clock(current.snoozedUntil)} UTC`, width)
      : []),
    ...(runbook !== null ? field('runbook', runbook, width) : []),
    ...(current.url !== null ? field('link', current.url, width) : []),
    ...(detail === null
      ? [[], [{ text: 'reading alerts, notes and history…', tone: 'muted' as const }]]
      : []),
    ...section('Alerts', detail?.alerts ?? [], (alert) => alertLines(alert, width)),
    ...section('Notes', detail?.notes ?? [], (note) => noteLines(note, width)),
    ...section('Who was paged, and what was done', detail?.log ?? [], (entry) => entryLines(entry, width)),
  ];
}

/** `service charge-central belongs to Billing (S)`: that key sends it there. */
export function suggestionText({ reason }: Suggestion): string {
  return `${reason} (S)`;
}

function section<T>(title: string, items: readonly T[], lines: (item: T) => Line[]): Line[] {
  if (items.length === 0) return [];
  return [[], [{ text: title, bold: true }], ...items.flatMap(lines)];
}

function alertLines(alert: Alert, width: number): Line[] {
  return [
    ...stamped(alert.at, `${alert.summary} (${alert.severity})`, width),
    ...alert.details.flatMap(([name, value]) => field(`  ${name}`, value, width, 18)),
  ];
}

function noteLines(note: Note, width: number): Line[] {
  return stamped(note.at, `${note.by}: ${note.text}`, width);
}

function entryLines(entry: LogEntry, width: number): Line[] {
  return stamped(entry.at, entry.text, width);
}

function stamped(at: Instant, text: string, width: number): Line[] {
  return wrap(text, width - 6).map((row, index) => [
    { text: index === 0 ? `${clock(at)} ` : '      ', tone: 'muted' },
    { text: row },
  ]);
}

function field(label: string, value: string, width: number, labelWidth = LABEL_WIDTH): Line[] {
  return wrap(value, width - labelWidth).map((row, index) => [
    { text: cell(index === 0 ? label : '', labelWidth), tone: 'muted' },
    { text: row },
  ]);
}
