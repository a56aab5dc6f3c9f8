import type { Instant } from '../../../model/instant.ts';
import { ownText, type SafeText, safeText } from '../../../model/safe-text.ts';
import type { Severity, Signal } from '../../../model/signal.ts';
import type { AwsEnvironment } from '../clients.ts';
import type { Tags } from './alarm-tags.ts';
import type { VendorAlarm } from './alarms.ts';
import { history, type Point } from './metric-data.ts';

/** What an alarm is told with. */
export interface Around {
  readonly place: AwsEnvironment;
  readonly service: string | null;
  readonly squad: string | null;
  readonly tags: Tags;
  readonly measure: Signal['measure'];
}

/** CloudWatch knows neither severities nor acknowledgements: the first is taken from a tag or from the alarm's words. */
export function alarmSignal(vendor: VendorAlarm, around: Around): Signal {
  const { name, alarm } = vendor;
  const { place, service, squad, tags, measure } = around;
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    source: 'aws',
    id: idOf(place.name, name),
    kind: 'alarm',
    title: safeText(name),
    detail: detailOf(vendor),
    severity: severityOf(tags.severity, `${name} ${alarm.AlarmDescription ?? ''}`),
    since: since === undefined || Number.isNaN(since.getTime()) ? null : since.getTime(),
    service,
    squad,
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: quietOf(vendor) !== null,
    measure,
    url: urlOf(place, name),
  };
}

/** A queue or a function that no alarm of its own speaks for. */
export function bareSignal(
  what: 'queue' | 'function',
  name: string,
  points: readonly Point[],
  around: Omit<Around, 'tags' | 'measure'> & { readonly unit: SafeText },
): Signal {
  const { place, service, squad, unit } = around;
  return {
    source: 'aws',
    id: `${place.name}/${what}:${name}`,
    kind: 'alarm',
    title: safeText(what === 'queue' ? `dead letters in ${name}` : `${name} fails`),
    detail: ownText(what === 'queue' ? 'No alarm watches this queue.' : 'No alarm watches this function.'),
    severity: 'warning',
    since: startOf(points),
    service,
    squad,
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: false,
    measure: { values: history(points), unit },
    url: null,
  };
}

export function idOf(environment: string, name: string): string {
  return `${environment}/${name}`;
}

/** Since when it is not zero; null: since before the first point. */
function startOf(points: readonly Point[]): Instant | null {
  const zero = points.findLastIndex(({ value }) => value === 0);
  return zero < 0 ? null : (points[zero + 1]?.at ?? null);
}

function severityOf(tag: string | undefined, words: string): Severity {
  const said = tag?.toLowerCase();
  if (said === 'critical' || said === 'warning') return said;
  if (tag !== undefined && tag !== '') return safeText(tag, { maxLength: 20 });
  return /\b(warn|warning|minor|low)\b/i.test(words.replaceAll('_', ' ')) ? 'warning' : 'critical';
}

/** Why it calls nobody; null: it does. */
function quietOf({ kind, alarm }: VendorAlarm): string | null {
  if (kind === 'composite' && alarm.ActionsSuppressedBy !== undefined)
    return `Its actions are suppressed (${alarm.ActionsSuppressedBy}).`;
  return alarm.ActionsEnabled === false ? 'Its actions are switched off.' : null;
}

function detailOf(vendor: VendorAlarm): SafeText | null {
  const { AlarmDescription: description, StateReason: reason } = vendor.alarm;
  const said = [description, reason, quietOf(vendor)].filter((part) => part !== undefined && part !== null);
  return said.length === 0 ? null : safeText(said.join(' '), { maxLength: 2_048 });
}

/** The alarm in AWS's console; null: a custom endpoint has none. */
function urlOf({ region, endpoint }: AwsEnvironment, name: string): SafeText | null {
  if (endpoint !== null) return null;
  const page = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return safeText(`${page}#alarmsV2:alarm/${encodeURIComponent(name)}`);
}
