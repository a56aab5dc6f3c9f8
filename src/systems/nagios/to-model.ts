import { type Catalog, findService } from '../../model/catalog.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import type { Severity, Signal } from '../../model/signal.ts';
import { SYSTEM } from './failure.ts';
import { type ObjectName, toId } from './object-id.ts';
import type { Belonging } from './whose.ts';
import type { WireComment, WireHost, WireService } from './wire.ts';

/** Of an unreachable host it is its parent that is down. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  warning: 'warning',
  unknown: 'unknown',
  down: 'critical',
  unreachable: 'unknown',
};
const WELL: ReadonlySet<string> = new Set(['ok', 'up', 'pending']);

export type WireObject = WireService | WireHost;

export function nameOf(wire: WireObject): ObjectName {
  return 'name' in wire
    ? { host: wire.name, service: null }
    : { host: wire.host_name, service: wire.description };
}

export function isProblem({ status }: WireObject): boolean {
  return !WELL.has(status);
}

export interface Told {
  readonly catalog: Catalog;
  readonly belonging: Belonging;
  /** Who acknowledged it. */
  readonly by: SafeText | null;
  /** Folder of the CGIs, without a slash at the end. */
  readonly base: string;
}

export function toSignal(wire: WireObject, { catalog, belonging, by, base }: Told): Signal {
  const name = nameOf(wire);
  const { service } = belonging;
  return {
    source: SYSTEM,
    id: toId(name),
    kind: 'check',
    title: safeText(
      name.service === null ? `host ${name.host} is ${wire.status}` : `${name.service} on ${name.host}`,
    ),
    detail: detailOf(wire),
    severity: SEVERITIES[wire.status] ?? wire.status,
    since: wire.last_state_change,
    service,
    squad: service === null ? null : (findService(catalog, service)?.squad ?? null),
    acknowledged: wire.problem_has_been_acknowledged,
    acknowledgedBy: wire.problem_has_been_acknowledged ? by : null,
    inDowntime: wire.scheduled_downtime_depth > 0,
    measure: null,
    url: safeText(`${base}/extinfo.cgi?${pageOf(name)}`),
  };
}

/** A soft state is one that Nagios still makes sure of: it tells nobody yet. */
function detailOf(wire: WireObject): SafeText | null {
  const { plugin_output: output, current_attempt: attempt, max_attempts: most } = wire;
  if (wire.state_type !== 'soft') return output === '' ? null : output;
  const soft = `not sure yet, attempt ${attempt} of ${most}`;
  return output === '' ? ownText(soft) : safeText(`${output} (${soft})`);
}

/** nagioscore, cgi/extinfo.c: type 1 is a host's page, 2 a service's. */
function pageOf({ host, service }: ObjectName): URLSearchParams {
  return new URLSearchParams(service === null ? { type: '1', host } : { type: '2', host, service });
}

/** The newest author of each object's acknowledgement, by its id. */
export function acknowledgers(comments: readonly WireComment[]): ReadonlyMap<string, SafeText> {
  const oldestFirst = comments.toSorted((one, other) => one.entry_time - other.entry_time);
  return new Map(
    oldestFirst.map(({ host_name: host, service_description: service, author }) => [
      toId({ host, service: service ?? null }),
      author,
    ]),
  );
}
