import type { LoadedConfig } from '../../config/types.ts';
import { findService, type Service } from '../../model/catalog.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import type { Severity, Signal } from '../../model/signal.ts';
import { linkSchema } from '../http/decode.ts';
import { SYSTEM } from './failure.ts';
import type { Issue } from './wire.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  CRITICAL: 'critical',
  HIGH: 'warning',
  MEDIUM: 'warning',
  LOW: 'warning',
};

/** What an issue is about. */
export interface Subject {
  readonly service: Service | null;
  /** null: not known, so that it is shown in every environment. */
  readonly environment: string | null;
}

/** By the entity's GUID, where the config names it; else by a name that is the service's own. */
export function subjectOf({ config, catalog }: LoadedConfig, issue: Issue): Subject {
  const guids = new Set(issue.entityGuids ?? []);
  for (const [name, { newrelic_entity: entities }] of Object.entries(config.services)) {
    for (const [environment, guid] of Object.entries(entities ?? {})) {
      if (guids.has(guid)) return { service: findService(catalog, name) ?? null, environment };
    }
  }
  const named = issue.entityNames
    .map((name) => findService(catalog, name))
    .find((found) => found !== undefined);
  return { service: named ?? null, environment: null };
}

export function toSignal(issue: Issue, { service }: Subject): Signal {
  return {
    source: SYSTEM,
    id: issue.issueId,
    kind: 'issue',
    title: issue.title[0] ?? ownText('an issue without a title'),
    detail: detailOf(issue),
    severity: SEVERITIES[issue.priority] ?? issue.priority,
    since: issue.activatedAt ?? issue.createdAt,
    service: service?.name ?? null,
    squad: service?.squad ?? null,
    acknowledged: issue.acknowledgedAt !== null,
    acknowledgedBy: issue.acknowledgedAt === null ? null : (issue.acknowledgedBy ?? null),
    inDowntime: issue.mutingState === 'FULLY_MUTED',
    measure: null,
    url: linkSchema.safeParse(issue.deepLinkUrl).data ?? null,
  };
}

function detailOf({ description, totalIncidents }: Issue): SafeText | null {
  const [first] = description;
  const several = (totalIncidents ?? 1) > 1 ? `${totalIncidents} incidents` : null;
  const parts = [first, several].filter((part) => part !== undefined && part !== null);
  return parts.length === 0 ? null : safeText(parts.join('; '));
}
