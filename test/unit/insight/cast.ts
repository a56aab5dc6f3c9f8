import type { Deploy, DeployStatus } from '../../../src/model/deploy.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { type Instant, MINUTE } from '../../../src/model/instant.ts';
import { ownText } from '../../../src/model/safe-text.ts';

/** 2026-11-17T03:12:00Z. */
export const NOW: Instant = Date.UTC(2026, 10, 17, 3, 12);

export const SAM = { id: 'PSAM001', name: ownText('Sam Okafor'), email: ownText('sam@harbour.example') };
export const DORA = {
  id: 'PDORA01',
  name: ownText('Dora Lindqvist'),
  email: ownText('dora@harbour.example'),
};

export function incident(id: string, changes: Partial<Incident> = {}): Incident {
  return {
    id,
    number: 1,
    title: ownText('5xx above 2%'),
    status: 'triggered',
    urgency: 'high',
    pagerService: { id: 'PCHARGE', name: ownText('charge-central') },
    service: 'charge-central',
    squad: 'billing',
    escalationPolicy: { id: 'PPOLBIL', name: ownText('Billing') },
    triggeredAt: NOW - 4 * MINUTE,
    assignees: [SAM],
    acknowledgedBy: [],
    snoozedUntil: null,
    resolvedAt: null,
    url: null,
    ...changes,
  };
}

export function deploy(
  version: string,
  startedAt: Instant,
  finishedAt: Instant | null,
  status?: DeployStatus,
): Deploy {
  return {
    service: 'charge-central',
    environment: 'prod',
    version: ownText(version),
    status: status ?? (finishedAt === null ? 'in_progress' : 'succeeded'),
    startedAt,
    finishedAt,
    who: ownText('dora'),
    reference: ownText('#412'),
    source: 'aws',
    sources: ['aws'],
    url: null,
    waiting: null,
  };
}
