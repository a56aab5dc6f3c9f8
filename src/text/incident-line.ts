import type { Incident, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import type { Cell, Column } from './table.ts';
import { ago } from './time.ts';

/** What an incident is told beside. */
export interface Around {
  /** PagerDuty's own clock. */
  readonly now: Instant;
  readonly me: Person | null;
  /** The deploy that is blamed. */
  readonly suspect: { readonly version: string; readonly minutesBefore: number } | null;
}

/** Mark and age, service, title, urgency, who has it, suspect, id. */
export const INCIDENT_COLUMNS: readonly Column[] = [
  {},
  { align: 'right' },
  {},
  { gives: true },
  {},
  {},
  {},
  {},
];

export function incidentCells(incident: Incident, { now, me, suspect }: Around): readonly Cell[] {
  const acknowledged = incident.status === 'acknowledged';
  const high = incident.urgency === 'high';
  const burning = !acknowledged && high;
  return [
    { text: acknowledged ? '○' : '●', tone: burning ? 'bad' : acknowledged ? 'muted' : 'warn' },
    { text: ago(now - incident.triggeredAt) },
    { text: incident.service ?? incident.pagerService.name, tone: 'strong' },
    { text: incident.title },
    { text: urgencyWord(incident), tone: burning ? 'bad' : null },
    { text: holder(incident, me), tone: 'muted' },
    suspect === null
      ? { text: '' }
      : { text: `SUSPECT ${suspect.version}, ${suspect.minutesBefore}m before`, tone: 'warn' },
    { text: incident.id, tone: 'muted' },
  ];
}

/** `HIGH`, `low`, or a word of PagerDuty's that we do not know, as it stands. */
export function urgencyWord(incident: Incident): string {
  return incident.urgency === 'high' ? 'HIGH' : incident.urgency;
}

/** Who has it: `acked by you`, `@Dora Lindqvist +1`; a status that we do not know is said raw. */
function holder(incident: Incident, me: Person | null): string {
  const known = incident.status === 'triggered' || incident.status === 'acknowledged';
  const status = known ? '' : `${incident.status} `;
  const acknowledged = incident.status === 'acknowledged' && incident.acknowledgedBy.length > 0;
  const people = acknowledged ? incident.acknowledgedBy : incident.assignees;
  const [first, ...others] = people;
  if (first === undefined) return `${status}nobody`;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return `${status}${acknowledged ? 'acked by ' : '@'}${nameOf(first, me)}${more}`;
}

/** `you`, or the person's name. */
export function nameOf(person: Person, me: Person | null): string {
  const same = me !== null && (person.id === me.id || (person.email !== null && person.email === me.email));
  return same ? 'you' : person.name;
}
