import type { Incident } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import { age } from '../../text/time.ts';
import { width as columns } from '../../text/width.ts';
import { place } from '../stores/anchor.ts';
import type { View } from '../stores/view.ts';
import { firstName } from '../stores/who.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, type Line, type Span, toWidth } from '../widgets/line.ts';

export interface IncidentRows {
  readonly view: View;
  /** Ids that the filter lets through, in order. */
  readonly visible: readonly string[];
  /** The pager's clock. */
  readonly now: Instant;
  /** Is that person the one at the keyboard? */
  readonly isMe: (person: { readonly id: string }) => boolean;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** Columns of an incident's title that the name of whoever has it does not take. */
const LEAST_TITLE = 14;

/**
 * One row an incident: cursor, mark, state, age, service, title, urgency, who has it.
 * `▶ ● 4m  charge-central  5xx above 2%   HIGH @me`
 */
export function incidentLines(rows: IncidentRows): Line[] {
  const { view, visible, width, height } = rows;
  const { top, index } = place(visible, view.incidents.anchor, height);
  const known = visible.flatMap((id) => view.incidents.known.get(id) ?? []);
  const serviceWidth = Math.min(Math.max(10, Math.floor(width * 0.36)), longestName(known));
  const shown = known.slice(top, top + height).map((incident, offset) => {
    const line = row(rows, incident, top + offset === index, serviceWidth);
    return rows.focused && top + offset === index ? chosen(line, width) : toWidth(line, width);
  });
  return shown;
}

function row(rows: IncidentRows, incident: Incident, cursor: boolean, serviceWidth: number): Line {
  const { view, now, width } = rows;
  const gone = view.incidents.list.gone.has(incident.id);
  const unseen = view.incidents.list.unseen.has(incident.id);
  const state = stateSpan(incident, gone);
  const name = incident.service ?? incident.pagerService.name;
  const right = rightCell(rows, incident, gone, Math.max(9, width - 10 - serviceWidth - LEAST_TITLE));
  const rightWidth = Math.max(9, columns(right.text));
  const titleWidth = Math.max(0, width - 10 - serviceWidth - rightWidth);
  const muted: { tone?: Tone } = gone || incident.status === 'acknowledged' ? { tone: 'muted' } : {};
  return [
    { text: cursor ? '▶' : ' ' },
    { text: view.incidents.marks.has(incident.id) ? '✓' : ' ', tone: 'accent' },
    state,
    { text: ` ${cell(age(now - incident.triggeredAt), 4)} `, tone: 'muted' },
    { text: cell(name, serviceWidth), bold: !gone && (unseen || incident.status === 'triggered'), ...muted },
    { text: ` ${cell(incident.title, titleWidth)}`, ...muted },
    { ...right, text: cell(right.text, rightWidth) },
  ];
}

function stateSpan(incident: Incident, gone: boolean): Span {
  if (gone || incident.status === 'resolved') return { text: '✓', tone: 'good' };
  if (incident.snoozedUntil !== null) return { text: '◌', tone: 'muted' };
  if (incident.status === 'acknowledged') return { text: '○', tone: 'warn' };
  return { text: '●', tone: incident.urgency === 'low' ? 'warn' : 'bad' };
}

const KNOWN_STATUS: ReadonlySet<string> = new Set(['triggered', 'acknowledged', 'resolved']);

/** Urgency and who has it; or what is being done about it now. A status or an urgency that is not known stands raw. */
function rightCell({ view, isMe }: IncidentRows, incident: Incident, gone: boolean, room: number): Span {
  const pending = view.pending.get(incident.id);
  if (pending !== undefined) return { text: ` ${pending}`, tone: 'accent' };
  if (gone) return { text: ' resolved', tone: 'good' };
  const status = KNOWN_STATUS.has(incident.status) ? '' : `${incident.status} `;
  const urgency = `${status}${incident.urgency === 'high' ? 'HIGH' : incident.urgency}`;
  const tone: Tone = incident.urgency === 'high' && incident.status === 'triggered' ? 'bad' : 'muted';
  if (incident.status === 'acknowledged') {
    const by = incident.acknowledgedBy[0] ?? incident.assignees[0];
    return { text: ` ${urgency} ${by === undefined ? 'acked' : handle(by, isMe)}`, tone };
  }
  const [whose] = incident.assignees;
  const told = whose === undefined ? '' : ` ${urgency} ${handle(whose, isMe)}`;
  return { text: told !== '' && columns(told) <= room ? told : ` ${urgency}`, tone };
}

/** `@me`, or the first name: `@dora`. */
function handle(
  person: { readonly id: string; readonly name: string },
  isMe: (person: { readonly id: string }) => boolean,
): string {
  return isMe(person) ? '@me' : `@${firstName(person.name)}`;
}

function longestName(incidents: readonly Incident[]): number {
  return incidents.reduce(
    (max, { service, pagerService }) => Math.max(max, columns(service ?? pagerService.name)),
    8,
  );
}
