import { describeChange } from '../../insight/rollback/change-set-scope.ts';
import { direction } from '../../insight/rollback/direction.ts';
import type { RollbackFacts } from '../../insight/rollback/facts.ts';
import { judge } from '../../insight/rollback/judge.ts';
import { HOUR } from '../../model/instant.ts';
import { undoneLine } from '../../text/changes.ts';
import { duration } from '../../text/time.ts';
import type { Action, Draft } from '../action.ts';
import { naming } from '../incidents.ts';
import { TAKE_BACK } from '../take-back.ts';
import { ActionError, type Check } from '../types.ts';
import { COUNTING_MS } from './errors.ts';
import { moved } from './moved.ts';
import { serviceIn } from './place.ts';
import { incidentToTell, readFacts } from './read.ts';
import type { Rollback } from './request.ts';
import { verify } from './verify.ts';
import { wayOf } from './ways.ts';

/** CloudFormation's own time-outs end an update long before; in the cloud's time. */
const PATIENCE_MS = HOUR;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md (a tag as a reference) */
const IMAGE_TAG = /^\w[\w.-]{0,127}$/;

/** Puts an earlier image back, in the way that the service names. */
export const rollback: Action<Rollback> = {
  async draft(context, request, aid): Promise<Draft> {
    const place = serviceIn(context.catalog, request.service, request.environment);
    if (request.to !== undefined && !IMAGE_TAG.test(request.to)) {
      throw new ActionError(
        `'${request.to}' is no version: letters, digits, dots, dashes and underscores only`,
      );
    }
    const known = await readFacts(context, place, request, aid);
    const via = place.service.deployWith;
    const { facts, lines, changes, send, explain, discard } = await wayOf(via).prepare(context, known, aid);
    const { service, environment, from, to, stack } = facts;
    const incident = request.incident ?? incidentToTell(facts);
    return {
      title: `Roll ${direction(facts.deploys, from, to)} ${service.name} in ${environment}: ${from ?? 'unknown'} → ${to ?? 'unknown'}`,
      lines: [...lines, ...linesOf(facts, incident)],
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
      changes,
      via,
      expectedMs: facts.expectedMs === null ? null : facts.expectedMs + COUNTING_MS,
      targets: [`stack ${stack.name} (${environment})`],
      recheck: (signal) => moved(context, facts, signal),
      send,
      explain,
      discard,
    };
  },

  outlook(context, intent, request) {
    const place = serviceIn(context.catalog, request.service, request.environment);
    const way = wayOf(intent.via ?? 'cloudformation');
    return {
      system: 'aws',
      patienceMs: PATIENCE_MS,
      look: way.looker(context, place, intent),
      verify: (report, signal) => verify(context, intent, { request, done: way.done }, report, signal),
      words: { doing: 'Rolling', done: 'Rolled' },
    };
  },
};

function linesOf(facts: RollbackFacts, incident: string | null): readonly string[] {
  const { service, environment, from, to, expectedMs, incidents } = facts;
  const forward = direction(facts.deploys, from, to) === 'forward';
  const told = incidents?.find((each) => each.id === incident);
  return [
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
