import type { ActionName } from '../../actions/types.ts';
import { WORK } from '../../actions/work.ts';
import { dutyNow } from '../../insight/oncall-now.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Incident, OnCall } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import { isStale, type Reading, systemNow } from '../../model/reading.ts';
import type { SystemHealth } from '../../model/system-health.ts';
import { shortName } from '../../text/reading.ts';
import { age, count, readingAge } from '../../text/time.ts';
import { untilTime } from '../../text/until.ts';
import { firstName } from '../stores/who.ts';
import { cell, type Line, lineColumns, type Span, spread, toWidth } from './line.ts';

export interface HeaderFacts {
  readonly catalog: Catalog;
  readonly environment: string;
  readonly incidents: Reading<readonly Incident[]>;
  readonly onCall: Reading<readonly OnCall[]>;
  readonly systems: readonly SystemHealth[];
  readonly isMe: (person: { readonly id: string }) => boolean;
  /** Work on stacks that goes on. */
  readonly work: readonly { readonly action: ActionName; readonly service: string }[];
  readonly readOnly: boolean;
  /** This machine's clock. */
  readonly now: Instant;
  readonly width: number;
}

/** ` oncall  PRACTICE  prod  2 triggered 1 acked  Owl: you, until 09:00      pd ok   splunk ok   aws ok` */
export function headerLine(facts: HeaderFacts): Line {
  const left: Span[] = [{ text: ' oncall ', bold: true }];
  if (facts.catalog.practice) left.push({ text: ' PRACTICE ', tone: 'practice' }, { text: ' ' });
  left.push(environmentBadge(facts));
  if (facts.readOnly) left.push({ text: ' ' }, { text: ' READ-ONLY ', tone: 'unguarded' });
  left.push({ text: '  ' }, ...counts(facts));
  const duty = dutySpans(facts);
  const start = [...left, ...facts.work.map(({ action, service }) => doing(action, ` ${service}`))];
  const [first] = facts.work;
  const short = first === undefined ? left : [...left, doing(first.action, '')];
  // What cannot stand whole is left out whole: systems first say less, then the duty gives way, then the services.
  const forms: readonly (readonly [Line, Line])[] = [
    [[...start, ...duty], everySystem(facts)],
    [
      [...start, ...duty],
      [...unwellSystems(facts), ...othersWell(facts)],
    ],
    [[...start, ...duty], unwellSystems(facts)],
    [start, unwellSystems(facts)],
    [start, unwellCount(facts)],
    [short, unwellCount(facts)],
    [left, unwellCount(facts)],
  ];
  const form = forms.find(([from, to]) => lineColumns(from) + lineColumns(to) < facts.width);
  return form === undefined ? toWidth(left, facts.width) : spread(...form, facts.width);
}

function doing(action: ActionName, service: string): Span {
  return { text: `  ${WORK[action].doing}${service}`, tone: 'accent', bold: true };
}

function environmentBadge({ catalog, environment }: HeaderFacts): Span {
  const known = catalog.environments.find(({ name }) => name === environment);
  return { text: ` ${environment} `, tone: known?.guarded === true ? 'guarded' : 'unguarded' };
}

function counts({ incidents, now }: HeaderFacts): Line {
  if (incidents.value === null) {
    return incidents.error === null
      ? [{ text: 'reading incidents…', tone: 'muted' }]
      : [{ text: 'incidents unknown', tone: 'alarm' }];
  }
  const triggered = incidents.value.filter(({ status }) => status === 'triggered').length;
  const acked = incidents.value.filter(({ status }) => status === 'acknowledged').length;
  const spans: Span[] = [
    triggered > 0 ? { text: `${triggered} triggered`, tone: 'alarm' } : { text: '0 triggered', tone: 'good' },
    { text: ` ${acked} acked`, ...(acked > 0 ? { tone: 'warn' as const } : { tone: 'muted' as const }) },
  ];
  if (isStale(incidents, now)) spans.push({ text: ` STALE ${staleAge(incidents, now)}`, tone: 'alarm' });
  return spans;
}

function dutySpans({ catalog, onCall, isMe, now }: HeaderFacts): Line {
  if (onCall.value === null) return [];
  const at = systemNow(onCall, now);
  const duty = dutyNow(catalog.roles, onCall.value, at);
  if (duty === null) return [];
  const name = capital(duty.role.name);
  if (duty.person === null) return [{ text: `   ${name}: nobody`, tone: 'warn' }];
  const who = isMe(duty.person) ? 'you' : firstName(duty.person.name);
  const until = duty.until === null ? '' : `, until ${untilTime(duty.until, at, duty.role.timeZone)}`;
  return [{ text: `   ${name}: ${who}${until}` }];
}

/** Columns kept for a state, so that nothing beside it moves when the state is told in more or fewer letters. */
const WELL_COLUMNS = 3;
const UNWELL_COLUMNS = 9;

function everySystem({ systems, now }: HeaderFacts): Line {
  return systems.flatMap((system): Span[] => {
    const state = systemState(system, now);
    const reserved = system.ok === false ? UNWELL_COLUMNS : WELL_COLUMNS;
    return [
      { text: ` ${shortName(system.name)} `, tone: 'muted' },
      { ...state, text: `${cell(state.text, reserved)} ` },
    ];
  });
}

/** Only the systems that are not well; without any, how many are. */
function unwellSystems(facts: HeaderFacts): Line {
  const systems = facts.systems.filter(({ ok }) => ok === false);
  return systems.length > 0 ? everySystem({ ...facts, systems }) : allWell(facts);
}

/** Beside those that are not well: `9 ok`. */
function othersWell({ systems }: HeaderFacts): Line {
  const well = systems.filter(({ ok }) => ok).length;
  return well === 0 || systems.every(({ ok }) => ok !== false)
    ? []
    : [{ text: ` ${well} ok `, tone: 'good' }];
}

/** `3 systems down`: where there is no room for their names. */
function unwellCount({ systems }: HeaderFacts): Line {
  const unwell = systems.filter(({ ok }) => ok === false).length;
  return unwell === 0 ? [] : [{ text: `${count(unwell, 'system')} down `, tone: 'alarm' }];
}

/** Some are asked only when they are needed: until then nothing is said of them. */
function allWell({ systems }: HeaderFacts): Line {
  const well = systems.filter(({ ok }) => ok).length;
  if (well === 0) return [];
  return [{ text: well === systems.length ? ' all ok ' : ` ${well} ok `, tone: 'good' }];
}

/** `ok`, from 30 s on its age alone; `STALE` with the age of the last good answer once it fails; `–` before the first. */
function systemState(system: SystemHealth, now: Instant): Span {
  if (system.ok === null) return { text: '–', tone: 'muted' };
  const since = system.lastOkAt === null ? null : Math.max(0, now - system.lastOkAt);
  if (!system.ok) return { text: downText(since), tone: 'alarm' };
  return { text: (since === null ? '' : readingAge(since)) || 'ok', tone: 'good' };
}

function downText(since: number | null): string {
  if (since === null) return 'DOWN';
  const old = readingAge(since);
  return old === '' ? 'FAILING' : `STALE ${old}`;
}

/** The age of a reading past its limit: `3m`, or `never read`. */
export function staleAge(reading: Reading<unknown>, now: Instant): string {
  return reading.receivedAt === null ? 'never read' : age(now - reading.receivedAt);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
