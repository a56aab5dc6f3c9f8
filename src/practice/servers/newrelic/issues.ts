import { createHash } from 'node:crypto';
import { HOUR, MINUTE } from '../../../model/instant.ts';
import { EPOCH } from '../../world/create.ts';
import type { Instant, PracticeService } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { ACCOUNT, entityGuid } from './entities.ts';

/** An issue as `AiIssuesIssue` tells it; times are EpochMilliseconds. */
export interface PracticeIssue {
  readonly issueId: string;
  readonly title: readonly string[];
  readonly description: readonly string[];
  readonly priority: string;
  readonly state: 'ACTIVATED' | 'CLOSED';
  readonly entityGuids: readonly string[];
  readonly entityNames: readonly string[];
  readonly createdAt: Instant;
  readonly activatedAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly mutingState: string;
  readonly totalIncidents: number;
  readonly deepLinkUrl: string;
}

interface Acknowledgement {
  readonly at: Instant;
  readonly by: string;
}

/** An alert condition looks at five minutes, and gives its issue a minute of grace. */
const NOTICED_AFTER = 5 * MINUTE;
const GRACE = MINUTE;

/** Its alerts see what bad versions do; beside them two things that nobody wakes up for. */
export class Issues {
  readonly #acknowledged = new Map<string, Acknowledgement>();
  /** Those that were seen active: closed ones stay in the lists for a while. */
  readonly #seen = new Map<string, PracticeIssue>();

  all(world: World): readonly PracticeIssue[] {
    const active = [...ofEffects(world), ...standing(world)].map((issue) => this.#withAck(issue));
    const ids = new Set(active.map(({ issueId }) => issueId));
    const closed = [...this.#seen.values()]
      .filter(({ issueId }) => !ids.has(issueId))
      .map((issue) => {
        const closedAt = issue.closedAt ?? world.now();
        return { ...issue, state: 'CLOSED' as const, closedAt, updatedAt: closedAt };
      });
    for (const issue of [...active, ...closed]) this.#seen.set(issue.issueId, issue);
    return [...active, ...closed].sort((one, other) => other.activatedAt - one.activatedAt);
  }

  /** false: there is no such issue. */
  acknowledge(world: World, issueId: string, by: string): boolean {
    const issue = this.all(world).find((one) => one.issueId === issueId);
    if (issue === undefined) return false;
    if (issue.acknowledgedAt === null) this.#acknowledged.set(issueId, { at: world.now(), by });
    return true;
  }

  #withAck(issue: PracticeIssue): PracticeIssue {
    const known = this.#acknowledged.get(issue.issueId);
    if (known === undefined) return issue;
    return { ...issue, acknowledgedAt: known.at, acknowledgedBy: known.by, updatedAt: known.at };
  }
}

function ofEffects(world: World): PracticeIssue[] {
  return world.activeEffects().flatMap(({ key, service: name, environment, since, errorRate }) => {
    const service = world.state.services.find((one) => one.name === name);
    const activatedAt = since + NOTICED_AFTER + GRACE;
    if (service === undefined || errorRate === 0 || activatedAt > world.now()) return [];
    const on = entityName(service, environment);
    const titles = [
      `Error percentage > 2.0% for 5 minutes on '${on}'`,
      `Transaction throughput deviated from the baseline on '${on}'`,
    ];
    return [issueOf(service, environment, { key, titles, priority: 'CRITICAL', activatedAt })];
  });
}

function standing(world: World): PracticeIssue[] {
  const { state } = world;
  const [storefront, messaging] = ['storefront', 'messaging'].map((squad) =>
    state.services.find((service) => service.squad === squad),
  );
  const start = world.random('newrelic').integer(1, 50) * MINUTE;
  const issues: PracticeIssue[] = [];
  if (storefront !== undefined) {
    const known = issueOf(storefront, 'prod', {
      key: 'browser anomaly',
      titles: [`Anomaly: Web response time was different from normal on '${storefront.name}'`],
      priority: 'MEDIUM',
      activatedAt: EPOCH - 26 * HOUR - start,
    });
    issues.push({
      ...known,
      acknowledgedAt: known.activatedAt + 9 * MINUTE,
      acknowledgedBy: 'yara@harbour.example',
      updatedAt: known.activatedAt + 9 * MINUTE,
    });
  }
  if (messaging !== undefined) {
    issues.push(
      issueOf(messaging, 'test', {
        key: 'apdex in test',
        titles: [`Apdex < 0.7 for 10 minutes on '${entityName(messaging, 'test')}'`],
        priority: 'LOW',
        activatedAt: EPOCH - 3 * HOUR - start,
      }),
    );
  }
  return issues;
}

function issueOf(
  service: PracticeService,
  environment: 'prod' | 'test',
  about: {
    readonly key: string;
    readonly titles: readonly string[];
    readonly priority: string;
    readonly activatedAt: Instant;
  },
): PracticeIssue {
  const { key, titles, priority, activatedAt } = about;
  const issueId = uuidOf(`${service.name} ${environment} ${key}`);
  return {
    issueId,
    title: titles,
    description: titles.map(() => `Policy: 'Harbour ${service.squad}'. Condition: '${key}'`),
    priority,
    state: 'ACTIVATED',
    entityGuids: [entityGuid(service, environment)],
    entityNames: [entityName(service, environment)],
    createdAt: activatedAt - GRACE,
    activatedAt,
    updatedAt: activatedAt,
    closedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    mutingState: environment === 'test' ? 'FULLY_MUTED' : 'NOT_MUTED',
    totalIncidents: titles.length,
    deepLinkUrl: `https://radar-api.service.newrelic.com/accounts/${ACCOUNT}/issues/${issueId}`,
  };
}

function entityName({ name }: PracticeService, environment: 'prod' | 'test'): string {
  return environment === 'prod' ? name : `${name} (${environment})`;
}

/** The same thing has the same id at every reading. */
function uuidOf(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
