import { DAY, HOUR, MINUTE } from '../../../model/instant.ts';
import { EPOCH } from '../../world/create.ts';
import { createRandom } from '../../world/random.ts';
import type { Instant, PracticeDeploy, PracticePerson, WorldState } from '../../world/state.ts';
import type { LaneName } from './lanes.ts';

export interface PracticeCard {
  readonly id: string;
  /** `charge-central 1.0.284`; null: the card has no header. */
  readonly header: string | null;
  readonly title: string;
  readonly lane: LaneName;
  readonly who: PracticePerson | null;
  readonly movedAt: Instant;
}

interface Waiting {
  readonly card: PracticeCard;
  readonly service: string;
  readonly version: string;
}

/** What went out so long ago is archived. */
const SHOWN = 30 * DAY;
const FIRST_ID = 72_001;
/** Waits already when 1.0.283 goes wrong; the next one that goes out mends it. */
const FIX = { service: 'charge-central', title: 'Round cents half-even', beforeMs: 2 * HOUR + 8 * MINUTE };
const UNVERSIONED: readonly (readonly [LaneName, string])[] = [
  ['waiting', 'Rotate the certificate of the load balancers'],
  ['backlog', 'Pay by instalments'],
  ['backlog', 'Throw away sessions after 30 days'],
  ['build', 'Read the amount of a refund as Money'],
  ['test', 'Print receipts in the customer’s language'],
  ['review', 'Alarm on a queue that nobody reads'],
];

/** The cards of the tribe's board: what went out, what goes out next, and what is thought of. */
export class Cards {
  #base: { readonly done: readonly PracticeCard[]; readonly waiting: readonly Waiting[] } | null = null;

  /** As they stand now: what has been deployed meanwhile is done. */
  all({ state }: { readonly state: WorldState }): readonly PracticeCard[] {
    this.#base ??= written(state);
    const { done, waiting } = this.#base;
    return [...done, ...waiting.map((each) => moved(each, state))];
  }
}

function moved({ card, service, version }: Waiting, { deploys }: WorldState): PracticeCard {
  const deploy = deploys.findLast(
    (each) => each.service === service && each.environment === 'prod' && each.version === version,
  );
  if (deploy?.status === 'in_progress') return { ...card, lane: 'goingOut', movedAt: deploy.startedAt };
  if (deploy?.status === 'succeeded' && deploy.finishedAt !== null)
    return { ...card, lane: 'done', movedAt: deploy.finishedAt };
  return card;
}

function written(state: WorldState): { done: PracticeCard[]; waiting: Waiting[] } {
  const random = createRandom(state.seed, 'leankit');
  let next = FIRST_ID;
  const id = () => String(next++);
  const done = state.deploys
    .filter(
      ({ environment, status, finishedAt }) =>
        environment === 'prod' && status === 'succeeded' && finishedAt !== null && isShown(finishedAt),
    )
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .map((deploy) => ({
      id: id(),
      header: `${deploy.service} ${deploy.version}`,
      title: titleOf(state, deploy),
      lane: 'done' as const,
      who: personNamed(state, deploy.who),
      movedAt: deploy.finishedAt ?? deploy.startedAt,
    }));
  const thoughts = UNVERSIONED.map(([lane, title]) => ({
    id: id(),
    header: null,
    title,
    lane,
    who: null,
    movedAt: EPOCH - random.integer(20, 90) * HOUR,
  }));
  return { done: [...done, ...thoughts], waiting: waitingOf(state, id) };
}

/** What has been let into test and not yet into prod, and the fix. */
function waitingOf(state: WorldState, id: () => string): Waiting[] {
  const inProd = new Set(
    state.deploys
      .filter(({ environment }) => environment === 'prod')
      .map(({ service, version }) => `${service} ${version}`),
  );
  const candidates = state.deploys
    .filter(({ environment, status }) => environment === 'test' && status === 'succeeded')
    .filter(({ service, version }) => !inProd.has(`${service} ${version}`));
  return [
    ...candidates.map((deploy): Waiting => {
      const { service, version, who, startedAt, finishedAt } = deploy;
      const title = titleOf(state, deploy);
      const movedAt = finishedAt ?? startedAt;
      const card = waits(id(), `${service} ${version}`, title, personNamed(state, who), movedAt);
      return { card, service, version };
    }),
    ...fixOf(state, id),
  ];
}

function fixOf({ services, images, people }: WorldState, id: () => string): Waiting[] {
  const service = services.find(({ name }) => name === FIX.service);
  const newest = images
    .filter(({ repository, pushedAt }) => repository === service?.repository && pushedAt <= EPOCH)
    .toSorted((one, other) => other.pushedAt - one.pushedAt)[0];
  const [, before = '', patch] = /^(.*\.)(\d+)$/.exec(newest?.tag ?? '') ?? [];
  if (service === undefined || patch === undefined) return [];
  const version = `${before}${Number(patch) + 1}`;
  const who = people.find(({ squad }) => squad === service.squad) ?? null;
  const card = waits(id(), `${FIX.service} ${version}`, FIX.title, who, EPOCH - FIX.beforeMs);
  return [{ card, service: FIX.service, version }];
}

function waits(
  id: string,
  header: string,
  title: string,
  who: PracticePerson | null,
  movedAt: Instant,
): PracticeCard {
  return { id, header, title, lane: 'waiting', who, movedAt };
}

/** Of its last pull request, or of its last commit. */
function titleOf({ commits }: WorldState, { service, version }: PracticeDeploy): string {
  const own = commits.filter((commit) => commit.service === service && commit.version === version);
  const pulled = own.findLast(({ pullRequest }) => pullRequest !== null)?.pullRequest?.title;
  return pulled ?? own.at(-1)?.message.split('\n')[0] ?? `Release ${version}`;
}

function isShown(finishedAt: Instant): boolean {
  return finishedAt <= EPOCH && finishedAt > EPOCH - SHOWN;
}

function personNamed({ people }: WorldState, shortName: string): PracticePerson | null {
  return people.find(({ email }) => email.split('@')[0] === shortName) ?? null;
}
