import type { HistoryFact, RollbackFacts, SignalsFact } from '../../insight/rollback/facts.ts';
import { chooseTarget, usualLengthMs } from '../../insight/rollback/target.ts';
import { tokenOf } from '../../insight/token.ts';
import type { Service } from '../../model/catalog.ts';
import type { Deploy } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Incident } from '../../model/incident.ts';
import { DAY } from '../../model/instant.ts';
import type { ActionContext, DraftAid } from '../action.ts';
import { ActionError } from '../types.ts';
import { readFirst } from './first.ts';
import { orNull } from './or-null.ts';
import type { Place } from './place.ts';
import { readChanges } from './read-changes.ts';
import { readContracts } from './read-contracts.ts';
import { readGroups } from './read-groups.ts';
import { readDigest, readImage, readLabels } from './read-images.ts';
import { readPipeline } from './read-pipeline.ts';
import { readRunning } from './read-running.ts';
import { readZone } from './read-zone.ts';
import type { Rollback } from './request.ts';

const DEPLOYS_READ = 50;
/** As long as CloudFormation remembers deploys: no version that could be chosen served earlier. */
const HISTORY_MS = 90 * DAY;

/**
 * Everything that a rollback is judged by. The stack has to be readable; whatever else is not, is judged as unknown:
 * PagerDuty may be down while the fire is in the cloud.
 */
export async function readFacts(
  context: ActionContext,
  place: Place,
  request: Rollback,
  { intent, who, signal }: DraftAid,
): Promise<RollbackFacts> {
  const { systems, readOnly } = context;
  const { service, environment, placement } = place;
  const deployer = await systems.deployer();
  const [stack, deploys, groups, incidents, history, latest, signals, pipeline, actor] = await Promise.all([
    deployer.stack(service, environment, signal),
    readDeploys(context, service, environment, signal),
    orNull(readGroups(context, place, signal)),
    readIncidentsOf(context, service, signal),
    readHistory(),
    orNull(deployer.latestEvents(service, environment, signal)),
    readSignals(),
    readPipeline(context, place),
    who().catch((thrown) => {
      if (thrown instanceof ActionError) return null;
      throw thrown;
    }),
  ]);
  const first = await readFirst(context, place, { stack, latest, incidents }, signal);
  const now = systems.now('aws');
  const from = stack.parameters[placement.imageParameter] ?? null;
  const burned = [...(history.kind === 'read' ? history.incidents : []), ...(incidents ?? [])];
  const to = request.to ?? chooseTarget(deploys ?? [], from, burned, now);
  const [image, changedSince, fromDigest, running, labels, changes, contracts, zone] = await Promise.all([
    to === null
      ? ({ kind: 'unread', why: 'no version was chosen.' } as const)
      : readImage(context, place, to, signal),
    to === null ? null : orNull(deployer.changedSince({ service, environment, version: to }, signal)),
    from === null ? null : orNull(readDigest(context, place, from, signal)),
    readRunning(context, place, groups, signal),
    readLabels(context, place, from, to, signal),
    readChanges(context, place, from, to, signal),
    readContracts(context, place, to, signal),
    readZone(context, environment, signal),
  ]);
  return {
    service,
    environment,
    now,
    stack,
    from,
    to,
    wasAsked: request.to !== undefined,
    deploys,
    image,
    fromDigest,
    groups,
    incidents,
    history,
    running,
    labels,
    changes,
    contracts,
    zone,
    pipeline,
    latest,
    first,
    preview: { kind: 'not_made', why: readOnly ? 'this is read-only mode.' : 'not asked for yet.' },
    signals,
    changedSince,
    who: actor,
    migrationLabels: context.catalog.migrationLabels,
    token: actor === null || pipeline !== null ? null : tokenOf(actor, intent),
    expectedMs: usualLengthMs(deploys ?? []),
  };

  async function readSignals(): Promise<SignalsFact> {
    try {
      return { kind: 'read', rule: await deployer.signalRule(service, environment, signal) };
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      return { kind: 'unread', why: thrown.text };
    }
  }

  async function readHistory(): Promise<HistoryFact> {
    try {
      const pager = await systems.pager();
      const since = systems.now('pagerduty') - HISTORY_MS;
      return { kind: 'read', incidents: await pager.urgentSince(service, since, signal) };
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      return { kind: 'unread', why: thrown.text };
    }
  }
}

export function readDeploys(
  { systems }: ActionContext,
  service: Service,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<readonly Deploy[] | null> {
  const read = async () =>
    (await systems.releases()).deploys(service, environment, DEPLOYS_READ, signal).then((deploys) =>
      // What waits for a person has changed nothing yet.
      deploys.filter(({ status }) => status !== 'waiting'),
    );
  return orNull(read());
}

/** Open ones of that service. */
export async function readIncidentsOf(
  { systems }: ActionContext,
  service: Service,
  signal: AbortSignal | undefined,
): Promise<readonly Incident[] | null> {
  const open = await orNull(systems.pager().then((port) => port.openIncidents(signal)));
  return open?.filter((incident) => incident.service === service.name) ?? null;
}

/** Where a rollback is noted when no incident was named: the newest high-urgency one of the service, else the newest. */
export function incidentToTell({ incidents }: Pick<RollbackFacts, 'incidents'>): string | null {
  const newestFirst = [...(incidents ?? [])].sort((a, b) => b.triggeredAt - a.triggeredAt);
  return (newestFirst.find((each) => each.urgency === 'high') ?? newestFirst[0])?.id ?? null;
}
