import { clockTime, dutyNow } from '../../insight/oncall-now.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Incident, OnCall } from '../../model/incident.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import { isStale, type Reading, systemNow } from '../../model/reading.ts';
import type { SystemHealth } from '../../model/system-health.ts';
import { age } from '../../text/time.ts';
import { firstName } from '../panes/deploy-lines.ts';
import { type Line, lineColumns, type Span, spread } from './line.ts';

export interface HeaderFacts {
  readonly catalog: Catalog;
  readonly environment: string;
  readonly incidents: Reading<readonly Incident[]>;
  readonly onCall: Reading<readonly OnCall[]>;
  readonly systems: readonly SystemHealth[];
  readonly isMe: (person: { readonly id: string }) => boolean;
  /** Services whose rollback goes on. */
  readonly rollingBack: readonly string[];
  readonly readOnly: boolean;
  /** This machine's clock. */
  readonly now: Instant;
  readonly width: number;
}

const SHORT_NAMES: Readonly<Record<string, string>> = { pagerduty: 'pd' };

/** ` oncall  PRACTICE  prod  2 triggered 1 acked  Owl: you, until 09:00      pd ok  splunk ok  aws ok` */
export function headerLine(facts: HeaderFacts): Line {
  const left: Span[] = [{ text: ' oncall ', bold: true }];
  if (facts.catalog.practice) left.push({ text: ' PRACTICE ', tone: 'practice' }, { text: ' ' });
  left.push(environmentBadge(facts), { text: '  ' }, ...counts(facts));
  for (const service of facts.rollingBack)
    left.push({ text: `  rollback under way: ${service}`, tone: 'accent', bold: true });
  if (facts.readOnly) left.push({ text: '  read-only', tone: 'warn' });
  const duty = dutySpans(facts);
  // Where it gets narrow, first only what is not well is named, then the duty gives way.
  for (const right of [systemsLine(facts), unwellLine(facts)]) {
    if (lineColumns(left) + lineColumns(duty) + lineColumns(right) < facts.width) {
      return spread([...left, ...duty], right, facts.width);
    }
  }
  return spread(left, unwellLine(facts), facts.width);
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
  const duty = dutyNow(catalog.roles, onCall.value, systemNow(onCall, now));
  if (duty === null) return [];
  const name = capital(duty.role.name);
  if (duty.person === null) return [{ text: `   ${name}: nobody`, tone: 'warn' }];
  const who = isMe(duty.person) ? 'you' : firstName(duty.person.name);
  const until = duty.until === null ? '' : `, until ${clockTime(duty.until, duty.role.timeZone)}`;
  return [{ text: `   ${name}: ${who}${until}` }];
}

function systemsLine({ systems, now }: Pick<HeaderFacts, 'systems' | 'now'>): Line {
  return systems.flatMap((system): Span[] => [
    { text: ` ${SHORT_NAMES[system.name] ?? system.name} `, tone: 'muted' },
    { ...systemState(system, now), text: `${systemState(system, now).text} ` },
  ]);
}

/** Only the systems that are not well; `all ok` when there are none. */
function unwellLine({ systems, now }: HeaderFacts): Line {
  const unwell = systems.filter(({ ok }) => ok === false);
  if (unwell.length > 0) return systemsLine({ systems: unwell, now });
  return systems.some(({ ok }) => ok) ? [{ text: ' all ok ', tone: 'good' }] : [];
}

/** `ok`, from 30 s on with its age; `STALE` with the age of the last good answer once it fails; `…` before the first. */
export function systemState(system: SystemHealth, now: Instant): Span {
  if (system.ok === null) return { text: '…', tone: 'muted' };
  const since = system.lastOkAt === null ? null : Math.max(0, now - system.lastOkAt);
  if (!system.ok) return { text: downText(since), tone: 'alarm' };
  if (since === null || since < 30 * SECOND) return { text: 'ok', tone: 'good' };
  return { text: `ok ${since < MINUTE ? '30s' : age(since)}`, tone: 'good' };
}

function downText(since: number | null): string {
  if (since === null) return 'DOWN';
  return since < 30 * SECOND ? 'FAILING' : `STALE ${age(since)}`;
}

/** The age of a reading past its limit: `3m`, or `never read`. */
export function staleAge(reading: Reading<unknown>, now: Instant): string {
  return reading.receivedAt === null ? 'never read' : age(now - reading.receivedAt);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
