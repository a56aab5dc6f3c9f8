import { DAY, HOUR, MINUTE } from '../../model/instant.ts';
import { madeUpCommit, migrationCommit, touched } from './commit-words.ts';
import type { ServiceHistory } from './history.ts';
import { shortName } from './history.ts';
import type { Scenario } from './scenario.ts';
import type {
  Instant,
  PracticeCommit,
  PracticeFile,
  PracticeImage,
  PracticePerson,
  PracticeService,
} from './state.ts';
import type { Random } from './world.ts';

const KINDS = ['database', 'queues'] as const;

/** What one person wrote, before it has a place in the history. */
interface Piece {
  readonly title: string;
  readonly who: string;
  readonly files: readonly PracticeFile[];
}

/** Pieces that come to main together. */
interface Arrival {
  readonly pieces: readonly Piece[];
  readonly how: 'pushed' | 'squashed' | 'rebased' | 'merged';
  /** null: no pull request, or it gets the next number. */
  readonly number: number | null;
}

/**
 * The commits that led from each version of a service to the next, oldest first: a migration where the labels of its
 * images say that one lies between, what the scenario tells, and everyday work.
 */
export function serviceCommits(
  service: PracticeService,
  scenario: Scenario,
  people: readonly PracticePerson[],
  history: ServiceHistory,
  random: Random,
): PracticeCommit[] {
  const squad = people.filter((one) => one.squad === service.squad).map((one) => shortName(one.email));
  const told = new Map(
    scenario.deploys.flatMap(({ service: name, version, commits }) =>
      name === service.name && commits !== undefined ? [[version, commits] as const] : [],
    ),
  );
  const images = history.images.toSorted((one, other) => one.pushedAt - other.pushedAt);
  const plans = images.map((image, index) => {
    const { tag } = image;
    const commits = told.get(tag);
    return {
      image,
      arrivals:
        commits === undefined
          ? madeUp(image, images[index - 1] ?? null, squad, random)
          : grouped(
              commits.map(({ title, by, pull_request, files }) => ({
                number: pull_request ?? null,
                piece: { title, who: shortName(by), files: files.map((path) => touched(path, random)) },
              })),
            ),
    };
  });
  const first = Math.min(...[...told.values()].flat().flatMap(({ pull_request }) => pull_request ?? []));
  const unnumbered = plans.flatMap(({ arrivals }) => arrivals).filter(needsNumber).length;
  // So that those that the scenario names come last.
  let next = Number.isFinite(first) ? first - unnumbered : random.integer(200, 2_000);
  const commits: PracticeCommit[] = [];
  for (const [index, { image, arrivals }] of plans.entries()) {
    const since = images[index - 1]?.pushedAt ?? image.pushedAt - 5 * DAY;
    const step = Math.max(MINUTE, Math.floor((image.pushedAt - HOUR - since) / (arrivals.length + 1)));
    for (const [at, arrival] of arrivals.entries()) {
      const number = needsNumber(arrival) ? next++ : arrival.number;
      commits.push(
        ...arrive(
          commits.at(-1)?.sha ?? null,
          { service, image, arrival, number },
          since + step * (at + 1),
          random,
        ),
      );
    }
  }
  return commits;
}

function needsNumber({ how, number }: Arrival): boolean {
  return how !== 'pushed' && number === null;
}

function madeUp(
  image: PracticeImage,
  before: PracticeImage | null,
  squad: readonly string[],
  random: Random,
): readonly Arrival[] {
  const piece = (): Piece => ({ ...madeUpCommit(random), who: random.pick(squad) });
  const day = new Date(image.pushedAt).toISOString().slice(0, 10).replaceAll('-', '');
  const migrations = KINDS.flatMap((kind): Arrival[] => {
    const [now, past] = [image, before].map((one) => one?.labels[`oncall.${kind}`]);
    if (now === undefined || past === undefined || now === past) return [];
    const pieces = [{ ...migrationCommit(kind, now, day, random), who: random.pick(squad) }];
    return [{ pieces, how: 'squashed', number: null }];
  });
  const everyday = Array.from({ length: random.integer(1, 5) }, (): Arrival => {
    const chance = random.next();
    if (chance < 0.2) return { pieces: [piece()], how: 'pushed', number: null };
    if (chance < 0.6) return { pieces: [piece()], how: 'squashed', number: null };
    const who = random.pick(squad);
    const pieces = Array.from({ length: random.integer(2, 3) }, () => ({ ...piece(), who }));
    return { pieces, how: chance < 0.75 ? 'rebased' : 'merged', number: null };
  });
  return [...migrations, ...everyday];
}

/** What the scenario tells: one commit of a pull request is a squash, several in a row are a merge. */
function grouped(
  told: readonly { readonly piece: Piece; readonly number: number | null }[],
): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (const { piece, number } of told) {
    const last = arrivals.at(-1);
    if (number !== null && last?.number === number) {
      arrivals[arrivals.length - 1] = { pieces: [...last.pieces, piece], how: 'merged', number };
    } else {
      arrivals.push({ pieces: [piece], how: number === null ? 'pushed' : 'squashed', number });
    }
  }
  return arrivals;
}

interface Arriving {
  readonly service: PracticeService;
  readonly image: PracticeImage;
  readonly arrival: Arrival;
  readonly number: number | null;
}

/** The commits that it makes; the last one is the new end of main. */
function arrive(
  main: string | null,
  { service, image, arrival, number }: Arriving,
  at: Instant,
  random: Random,
): PracticeCommit[] {
  const { pieces, how } = arrival;
  const [first] = pieces;
  if (first === undefined) return [];
  const pullRequest = number === null ? null : { number, title: first.title, who: first.who };
  const base = { service: service.name, version: image.tag, at, pullRequest };
  const commits: PracticeCommit[] = [];
  for (const { title, who, files } of pieces) {
    const parent = commits.at(-1)?.sha ?? main;
    const message = how === 'squashed' ? `${title} (#${number})` : title;
    commits.push({
      ...base,
      sha: random.hex(40),
      message,
      who,
      parents: parent === null ? [] : [parent],
      files,
    });
  }
  const last = commits.at(-1);
  if (how === 'merged' && last !== undefined) {
    const branch = first.title
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .slice(0, 30);
    commits.push({
      ...base,
      sha: random.hex(40),
      message: `Merge pull request #${number} from harbour/${branch}\n\n${first.title}`,
      who: first.who,
      parents: [...(main === null ? [] : [main]), last.sha],
      files: [],
    });
  }
  return commits;
}
