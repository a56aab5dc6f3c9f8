import { stripVTControlCharacters } from 'node:util';
import { worstFirst } from '../insight/incidents.ts';
import { dutyNow } from '../insight/oncall-now.ts';
import { countOpen } from '../insight/status.ts';
import { findSuspect } from '../insight/suspect.ts';
import type { Catalog, Environment } from '../model/catalog.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Incident, OnCall, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { isStale, type Reading, STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import type { SystemHealth } from '../model/system-health.ts';
import { ownTimeZone } from '../model/time-zone.ts';
import { worldMarks } from '../text/header.ts';
import { INCIDENT_COLUMNS, incidentCells, nameOf } from '../text/incident-line.ts';
import type { Paint } from '../text/paint.ts';
import { readingPhrase, systemPhrase } from '../text/reading.ts';
import { tableLines } from '../text/table.ts';
import { untilTime } from '../text/until.ts';
import { width } from '../text/width.ts';

/** What one screenful says. */
export interface StatusView {
  readonly catalog: Catalog;
  readonly environment: Environment;
  readonly incidents: Reading<readonly Incident[]>;
  readonly onCall: Reading<readonly OnCall[]>;
  readonly me: Person | null;
  readonly deploys: readonly Deploy[];
  readonly systems: readonly SystemHealth[];
}

/**
 * One screenful, at most `columns` wide (0: no limit):
 *
 *     oncall  PRACTICE  prod  2 triggered  1 acked   Owl: you, until 09:00 (Europe/Berlin)
 *
 *     ●  4m  charge-central  5xx above 2%  HIGH  @you  SUSPECT 1.0.283, 6m before  Q1A2
 *
 *     pd ok  splunk not asked  aws 3m
 */
export function statusText(view: StatusView, now: Instant, columns: number, paint: Paint): string {
  const marks = worldMarks(view.catalog.practice, view.environment, paint);
  const head = `${paint('strong', 'oncall')}  ${marks}  ${counts(view, now, paint)}`;
  const duty = dutyText(view, now, paint);
  const oneLine = duty === '' ? head : `${head}   ${duty}`;
  const room = columns === 0 || width(stripVTControlCharacters(oneLine)) <= columns;
  const lines = room ? [oneLine] : [head, duty];
  const incidents = incidentLines(view, now, columns, paint);
  if (incidents.length > 0) lines.push('', ...incidents);
  const systems = view.systems.map((health) => {
    const { text, tone } = systemPhrase(health, now, STALE_AFTER_MS);
    return paint(tone, text);
  });
  lines.push('', systems.join('  '), '');
  return lines.join('\n');
}

/** Says all is well only of a fresh answer. */
function counts({ incidents }: StatusView, now: Instant, paint: Paint): string {
  const phrase = readingPhrase(incidents, now);
  const age = phrase.text === '' ? '' : `  ${paint(phrase.tone, `pagerduty ${phrase.text}`)}`;
  if (incidents.value === null) return paint('bad', `incidents not known`) + age;
  const { triggered, acknowledged } = countOpen(incidents.value);
  const known = incidents.error === null && !isStale(incidents, now);
  if (triggered + acknowledged === 0)
    return (known ? paint('good', 'nothing open') : 'nothing was open') + age;
  const parts = [paint(triggered > 0 ? 'bad' : 'muted', `${triggered} triggered`), `${acknowledged} acked`];
  return parts.join('  ') + age;
}

/** Who has the duty of this hour: `Owl: you, until 09:00 (Europe/Berlin)`. */
function dutyText({ catalog, onCall, me }: StatusView, now: Instant, paint: Paint): string {
  if (onCall.value === null) return '';
  const at = systemNow(onCall, now);
  const duty = dutyNow(catalog.roles, onCall.value, at);
  if (duty === null) return '';
  const role = duty.role.name.charAt(0).toUpperCase() + duty.role.name.slice(1);
  const who = duty.person === null ? paint('bad', 'nobody') : paint('strong', nameOf(duty.person, me));
  const zone = duty.role.timeZone;
  const elsewhere = zone === ownTimeZone() ? '' : ` (${zone})`;
  const until = duty.until === null ? '' : `, until ${untilTime(duty.until, at, zone)}${elsewhere}`;
  return `${role}: ${who}${until}`;
}

export function incidentLines(
  view: Pick<StatusView, 'incidents' | 'deploys' | 'me'>,
  now: Instant,
  columns: number,
  paint: Paint,
): readonly string[] {
  const rows = worstFirst(view.incidents.value ?? []).map((incident) =>
    incidentCells(incident, {
      now: systemNow(view.incidents, now),
      me: view.me,
      suspect: findSuspect(incident, view.deploys),
    }),
  );
  return tableLines(INCIDENT_COLUMNS, rows, columns, paint);
}
