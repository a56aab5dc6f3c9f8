import { describeChange } from '../../insight/rollback/change-set-scope.ts';
import { direction } from '../../insight/rollback/direction.ts';
import type { RollbackFacts } from '../../insight/rollback/facts.ts';
import { judge } from '../../insight/rollback/judge.ts';
import { stackEnd } from '../../insight/rollback/stack-end.ts';
import { HOUR } from '../../model/instant.ts';
import type { ChangePreview } from '../../model/stack.ts';
import { undoneLine } from '../../text/changes.ts';
import { duration } from '../../text/time.ts';
import { type Action, type ActionContext, type Draft, type DraftAid, sight } from '../action.ts';
import { naming } from '../incidents.ts';
import { TAKE_BACK } from '../take-back.ts';
import { ActionError, type Check } from '../types.ts';
import { COUNTING_MS } from './errors.ts';
import { moved, whoIsFirst } from './moved.ts';
import { serviceIn } from './place.ts';
import { incidentToTell, readFacts } from './read.ts';
import type { Rollback } from './request.ts';
import { signalCounter } from './signals.ts';
import { verify } from './verify.ts';

/** CloudFormation's own time-outs end an update long before; in the cloud's time. */
const PATIENCE_MS = HOUR;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md (a tag as a reference) */
const IMAGE_TAG = /^\w[\w.-]{0,127}$/;

/** Puts an earlier image back through a CloudFormation change set that changes the image parameter alone. */
export const rollback: Action<Rollback> = {
  async draft(context, request, aid): Promise<Draft> {
    const place = serviceIn(context.catalog, request.service, request.environment);
    if (request.to !== undefined && !IMAGE_TAG.test(request.to)) {
      throw new ActionError(
        `'${request.to}' is no version: letters, digits, dots, dashes and underscores only`,
      );
    }
    const known = await readFacts(context, place, request, aid);
    const { facts, preview } = await previewed(context, known, aid);
    const { service, environment, from, to, stack } = facts;
    const incident = request.incident ?? incidentToTell(facts);
    const change = { service, environment, version: to ?? '' };
    const deployer = () => context.systems.deployer();
    return {
      title: `Roll ${direction(facts.deploys, from, to)} ${service.name} in ${environment}: ${from ?? 'unknown'} → ${to ?? 'unknown'}`,
      lines: lines(facts, incident),
      checks: judge(facts),
      confirm: { kind: 'typed', word: service.name },
      facts: factsForHash(facts),
      system: 'aws',
      service: service.name,
      environment,
      from,
      to,
      digest: facts.image.kind === 'found' ? facts.image.image.digest : null,
      fromDigest: facts.fromDigest,
      incident,
      token: facts.token,
      changes: (preview?.changes ?? []).map(describeChange),
      expectedMs: facts.expectedMs === null ? null : facts.expectedMs + COUNTING_MS,
      targets: [`stack ${stack.name} (${environment})`],
      recheck: (signal) => moved(context, facts, signal),
      async send(_from, signal) {
        if (preview === null || facts.token === null) throw new Error('a plan that blocks was sent');
        await (await deployer()).execute(change, preview, facts.token, signal);
      },
      explain: (_refusal, signal) => whoIsFirst(context, facts, signal),
      async discard() {
        if (preview !== null) await (await deployer()).discard(change, preview);
      },
    };
  },

  outlook(context, intent, request) {
    const place = serviceIn(context.catalog, request.service, request.environment);
    const { service, environment, placement } = place;
    const count = signalCounter(context, place);
    return {
      system: 'aws',
      patienceMs: PATIENCE_MS,
      async look(signal) {
        const deployer = await context.systems.deployer();
        const events = await deployer.events(service, environment, intent.token ?? '', signal);
        const end = stackEnd(events, placement.stack);
        return end.kind === 'none'
          ? sight('none', `The events of ${placement.stack} do not show it yet.`)
          : sight(end.kind, end.text, events, await count(events, signal));
      },
      verify: (report, signal) => verify(context, intent, request, report, signal),
      words: { doing: 'Rolling', done: 'Rolled' },
    };
  },
};

/** Makes the change set only when nothing else stands in the way. */
async function previewed(
  context: ActionContext,
  facts: RollbackFacts,
  { intent, isFrozen, signal }: DraftAid,
): Promise<{ facts: RollbackFacts; preview: ChangePreview | null }> {
  const without = (why: string) => ({
    facts: { ...facts, preview: { kind: 'not_made', why } as const },
    preview: null,
  });
  if (context.readOnly) return without('this is read-only mode.');
  if (judge(facts).some((check) => check.result === 'block')) return without('another check blocks.');
  const { service, environment, to } = facts;
  if (isFrozen({ service: service.name, environment, system: 'aws' })) {
    return without('a freeze window forbids it.');
  }
  const name = `oncall-${intent}`;
  try {
    const deployer = await context.systems.deployer();
    const preview = await deployer.preview({ service, environment, version: to ?? '' }, name, signal);
    return { facts: { ...facts, preview: { kind: 'read', name, changes: preview.changes } }, preview };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { facts: { ...facts, preview: { kind: 'refused', why } }, preview: null };
  }
}

function lines(facts: RollbackFacts, incident: string | null): readonly string[] {
  const { service, environment, stack, from, to, expectedMs, incidents } = facts;
  const forward = direction(facts.deploys, from, to) === 'forward';
  const told = incidents?.find((each) => each.id === incident);
  return [
    `Stack ${stack.name} (${environment}, account ${stack.identity.account}, ${stack.identity.region}) gets a new group; the old one serves until the new one is well.`,
    `Users of ${service.name} in ${environment} get the ${forward ? 'later' : 'earlier'} version${to === null ? '' : `, ${to}`}.`,
    ...sourceLines(facts),
    expectedMs === null
      ? 'How long it takes is not known.'
      : `It takes about ${duration(expectedMs)}, as earlier deploys did, and ${duration(COUNTING_MS)} more to see that it is well.`,
    incident === null
      ? 'No open incident of it is known: no note is written.'
      : `Noted on ${told === undefined ? incident : `${naming(told)} (${incident})`}.`,
    forward ? 'It can be taken back by rolling back again, which takes as long.' : TAKE_BACK.rollback,
  ];
}

/** What the change of version does to the source, where it is known where that is kept. */
function sourceLines({ changes, from, to }: RollbackFacts): readonly string[] {
  switch (changes.kind) {
    case 'none':
      return [];
    case 'unread':
      return [`What lies between ${to} and ${from} could not be read from GitHub: ${changes.why}`];
    case 'read':
      return [undoneLine(changes.undone, changes.brought)];
  }
}

/** What must be the same for the same hash: no ids of this attempt, no times that pass. */
function factsForHash({ stack, from, to, image, preview, ...facts }: RollbackFacts): unknown {
  return {
    stack: [stack.id, stack.status, stack.updatedAt, stack.identity.account],
    from,
    to,
    digest: image.kind === 'found' ? image.image.digest : null,
    changes: preview.kind === 'read' ? preview.changes.map(describeChange) : null,
    checks: judge({ stack, from, to, image, preview, ...facts }).map((check: Check) => [
      check.id,
      check.result,
    ]),
  };
}
