import { type Instant, rfc3339 } from '../../model/instant.ts';
import type { SafeText } from '../../model/safe-text.ts';
import type { Signal } from '../../model/signal.ts';

/** Alarms of one environment that are on, or why they could not be read. */
export type AlarmsRead =
  | { readonly kind: 'read'; readonly alarms: readonly Signal[] }
  | { readonly kind: 'unread'; readonly why: SafeText };

const NAMED = 3;

/**
 * What a service's alarms say after its rollback, in a sentence or three:
 * `1 alarm of charge-central is still on: charge-central-5xx (since 03:08 UTC).`
 * @param begun when the rollback was confirmed: what is on since then is news
 */
export function alarmsAfter(service: string, read: AlarmsRead, begun: Instant): string {
  if (read.kind === 'unread') return `Alarms are not looked at: ${read.why}`;
  const own = read.alarms.filter((alarm) => alarm.service === service && !alarm.inDowntime);
  const fresh = own.filter(({ since }) => since !== null && since >= begun);
  const old = own.filter((alarm) => !fresh.includes(alarm));
  if (own.length === 0) return `No alarm of ${service} is on.`;
  const told = [
    ...(fresh.length === 0 ? [] : [sentence(fresh, `of ${service}`, 'on since the rollback began')]),
    ...(old.length === 0 ? [] : [sentence(old, `of ${service}`, 'still on')]),
  ];
  return `${told.join(' ')} An alarm may lag some minutes: look again with oncall signals.`;
}

function sentence(alarms: readonly Signal[], whose: string, how: string): string {
  const shown = alarms.slice(0, NAMED).map(({ title, since }) => {
    return since === null ? title : `${title} (since ${rfc3339(since).slice(11, 16)} UTC)`;
  });
  const more = alarms.length - shown.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  const [noun, verb] = alarms.length === 1 ? ['alarm', 'is'] : ['alarms', 'are'];
  return `${alarms.length} ${noun} ${whose} ${verb} ${how}: ${shown.join(', ')}${rest}.`;
}
