import type { Deploy } from '../../model/deploy.ts';
import { SECOND } from '../../model/instant.ts';
import type { StackUpdate } from '../../model/stack.ts';
import { whoseToken } from '../token.ts';
import { isTheSame } from './changes.ts';
import type { Span, TimelineEvent, TimelineFacts } from './facts.ts';
import { stepsOf } from './steps.ts';

/** Deploys and rollbacks with the steps between their ends; an update of a stack that set no version is one too. */
export function deployEvents(facts: TimelineFacts, span: Span): readonly TimelineEvent[] {
  const deploys = facts.deploys.filter(
    ({ startedAt, finishedAt }) => startedAt <= span.to && (finishedAt ?? startedAt) >= span.from,
  );
  const updates = facts.updates.filter(
    ({ events }) => (events[0]?.at ?? 0) <= span.to && (events.at(-1)?.at ?? 0) >= span.from,
  );
  const source = facts.deploys[0]?.source ?? 'cloudformation';
  return [
    ...deploys.flatMap((deploy) => {
      return ofDeploy({ ...deploy, url: linkOf(deploy, facts) }, isRollback(deploy, facts.deploys));
    }),
    ...updates.flatMap((update) => {
      const deploy = deploys.find(({ startedAt }) => isBeginning(startedAt, update)) ?? null;
      const steps = stepsOf(update, deploy?.who ?? null, source);
      return deploy === null ? [...ends(update, source), ...steps] : steps;
    }),
  ];
}

/** Where the system has no page of it, the pipeline's own, as PagerDuty was told; what no pipeline did has none. */
function linkOf(deploy: Deploy, { changes }: TimelineFacts): string | null {
  if (deploy.url !== null || deploy.reference === null) return deploy.url;
  return changes.find((change) => isTheSame(change, deploy) && change.url !== null)?.url ?? null;
}

function isBeginning(startedAt: number, { events: [first] }: StackUpdate): boolean {
  return first !== undefined && Math.abs(first.at - startedAt) < SECOND;
}

/** A version that was there before, with another one in between: somebody went back to it. */
export function isRollback(deploy: Deploy, all: readonly Deploy[]): boolean {
  const before = all
    .filter((each) => each.startedAt < deploy.startedAt && each.status === 'succeeded')
    .sort((one, other) => other.startedAt - one.startedAt);
  return before[0]?.version !== deploy.version && before.some(({ version }) => version === deploy.version);
}

function ofDeploy(
  deploy: Omit<Deploy, 'url'> & { readonly url: string | null },
  back: boolean,
): readonly TimelineEvent[] {
  const { who, source, url, service, environment, version, reference, status } = deploy;
  const verb = back ? 'rollback' : 'deploy';
  const what = `${service} ${version} in ${environment}${reference === null ? '' : ` (${reference})`}`;
  const of = back ? 'Rollback to' : 'Deploy of';
  const begun = {
    at: deploy.startedAt,
    kind: `${verb}_start`,
    who,
    text: `${of} ${what} began`,
    source,
    url,
  };
  if (deploy.finishedAt === null) return [begun];
  const text = `${of} ${what} ${status.replaceAll('_', ' ')}`;
  return [begun, { at: deploy.finishedAt, kind: `${verb}_end`, who, text, source, url }];
}

/** Of an update that no deploy tells: it set no version, or its version could not be read. */
function ends({ events }: StackUpdate, source: string): readonly TimelineEvent[] {
  const first = events[0];
  if (first === undefined) return [];
  const last = events.findLast(
    ({ resource, status }) => resource === first.resource && /_(COMPLETE|FAILED)$/.test(status),
  );
  const who = whoseToken(first.token ?? '')?.who ?? null;
  const told = (at: number, kind: string, text: string) => ({ at, kind, who, text, source, url: null });
  return [
    told(first.at, 'update_start', `Update of stack ${first.resource} began; no version of it is known`),
    ...(last === undefined
      ? []
      : [told(last.at, 'update_end', `Update of stack ${first.resource} ended: ${last.status}`)]),
  ];
}
