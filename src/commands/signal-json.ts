import { rfc3339 } from '../model/instant.ts';
import type { Signal } from '../model/signal.ts';

/** As docs/contracts.md has it. `related` are ids of open incidents. */
export function jsonSignal(signal: Signal, related: readonly string[]) {
  const { source, id, kind, title, detail, severity, since, service, squad, measure, url } = signal;
  return {
    source,
    id,
    kind,
    title,
    detail,
    severity,
    since: since === null ? null : rfc3339(since),
    service,
    squad,
    acknowledged: signal.acknowledged,
    acknowledged_by: signal.acknowledgedBy,
    in_downtime: signal.inDowntime,
    measure:
      measure === null
        ? null
        : { value: measure.values.at(-1) ?? null, values: measure.values, unit: measure.unit },
    url,
    related,
  };
}
