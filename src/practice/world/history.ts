import { DAY, HOUR, MINUTE, SECOND } from '../../model/instant.ts';
import { type ImageSource, imageContent } from './image-content.ts';
import type { EnvironmentName } from './machines.ts';
import type { Scenario } from './scenario.ts';
import type { Instant, PracticeDeploy, PracticeImage, PracticePerson, PracticeService } from './state.ts';
import type { Random } from './world.ts';

const IMAGE_MEMORY = 180 * DAY;
/** As long as CloudFormation remembers a stack's events. */
const DEPLOY_MEMORY = 90 * DAY;
/** Nothing but what the scenario says was deployed so shortly before the world starts. */
const QUIET_BEFORE_START = 14 * HOUR;
const FAILURE_CHANCE = 0.04;
/** Services whose image is built for two architectures. */
const BUILT_TWICE = ['image-resizer', 'token-issuer'];
/** Services with a version that waits to be let into production, one of each pipeline. */
const CANDIDATES = ['ledger-api', 'login', 'checkout'];
const CANDIDATE_AGE = 15 * HOUR + 27 * MINUTE;
/** So many releases, and the database is migrated; and so many, and what is in the queues looks different. */
const RELEASES_TO_MIGRATION = 20;
const RELEASES_TO_NEW_MESSAGES = 60;

export interface ServiceHistory {
  readonly images: PracticeImage[];
  /** Oldest first. */
  readonly deploys: PracticeDeploy[];
}

interface ReleasePoint {
  readonly version: string;
  readonly build: number;
  readonly who: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly failed: boolean;
}

/** Months of releases of one service that lead to what the scenario says: each pushed, put in test, then in prod. */
export function serviceHistory(
  service: PracticeService,
  scenario: Scenario,
  people: readonly PracticePerson[],
  epoch: Instant,
  random: Random,
): ServiceHistory {
  const told = scenario.deploys.filter((deploy) => deploy.service === service.name);
  const toldInProd = told
    .filter((deploy) => deploy.environment === 'prod')
    .map((deploy) => ({
      version: deploy.version,
      build: deploy.build,
      who: shortName(deploy.by),
      startedAt: deploy.started,
      finishedAt: deploy.finished,
      failed: false,
    }))
    .sort((one, other) => one.startedAt - other.startedAt);
  const squad = people
    .filter((person) => person.squad === service.squad)
    .map((person) => shortName(person.email));
  const releases = [...madeUp(toldInProd[0] ?? null, squad, epoch, random), ...toldInProd];

  const images = new Map<string, PracticeImage>();
  const deploys: PracticeDeploy[] = [];
  for (const release of releases) {
    const pushedAt = release.startedAt - random.integer(3 * 3600, 26 * 3600) * SECOND;
    if (!images.has(release.version)) {
      images.set(release.version, pushed(service, release, pushedAt, random));
      const startedAt = pushedAt + random.integer(600, 2400) * SECOND;
      const finishedAt = startedAt + duration(random);
      deploys.push(asDeploy(service, 'test', { ...release, startedAt, finishedAt, failed: false }));
    }
    deploys.push(asDeploy(service, 'prod', release));
  }
  for (const deploy of told.filter((one) => one.environment === 'test')) {
    const { version, build, started: startedAt, finished: finishedAt } = deploy;
    deploys.push(
      asDeploy(service, 'test', {
        version,
        build,
        who: shortName(deploy.by),
        startedAt,
        finishedAt,
        failed: false,
      }),
    );
  }
  return {
    images: [...images.values()],
    deploys: deploys
      .filter((deploy) => deploy.startedAt >= epoch - DEPLOY_MEMORY)
      .sort((one, other) => one.startedAt - other.startedAt),
  };
}

/**
 * The version after the newest one, which is in test since the morning before and waits to go on: its image and
 * its deploy, for services that have one.
 */
export function addCandidate(
  service: PracticeService,
  people: readonly PracticePerson[],
  { images, deploys }: ServiceHistory,
  epoch: Instant,
  random: Random,
): void {
  const newest = deploys.findLast(({ environment }) => environment === 'prod');
  if (!CANDIDATES.includes(service.name) || newest === undefined) return;
  const [major, minor, patch] = newest.version.split('.').map(Number);
  const startedAt = epoch - CANDIDATE_AGE;
  // What went to production since then came after it.
  if (newest.startedAt > startedAt) return;
  const release: ReleasePoint = {
    version: `${major}.${minor}.${(patch ?? 0) + 1}`,
    build: newest.build + random.integer(1, 3),
    who: shortName(random.pick(people.filter(({ squad }) => squad === service.squad)).email),
    startedAt,
    finishedAt: startedAt + duration(random),
    failed: false,
  };
  images.push(pushed(service, release, startedAt - 15 * MINUTE, random));
  deploys.push(asDeploy(service, 'test', release));
}

/** The name that people and tags use: `dora` of dora@harbour.example. */
export function shortName(email: string): string {
  return email.split('@')[0] ?? email;
}

/** Oldest first; walks back from the first release that the scenario tells of. */
function madeUp(
  next: ReleasePoint | null,
  squad: readonly string[],
  epoch: Instant,
  random: Random,
): ReleasePoint[] {
  const version =
    next?.version ?? `${random.integer(1, 4)}.${random.integer(0, 9)}.${random.integer(150, 400)}`;
  const [major = 1, minor = 0, last = 0] = version.split('.').map(Number);
  let patch = next === null ? last : last - 1;
  let build = (next?.build ?? random.integer(500, 900)) - random.integer(1, 3);
  let before = Math.min(next?.startedAt ?? epoch, epoch - QUIET_BEFORE_START);
  const releases: ReleasePoint[] = [];
  while (before > epoch - IMAGE_MEMORY && patch > 0 && build > 0) {
    before = workingHour(before - random.integer(2 * DAY, 11 * DAY), random);
    // What runs now succeeded, and so did the two versions before it: somebody may want them back.
    const failed = releases.length > 2 && random.next() < FAILURE_CHANCE;
    releases.unshift({
      version: `${major}.${minor}.${patch}`,
      build,
      who: random.pick(squad),
      startedAt: before,
      finishedAt: before + (failed ? 2 : 1) * duration(random),
      failed,
    });
    patch -= 1;
    build -= random.integer(1, 4);
  }
  return releases;
}

/** A moment between 08:00 and 16:00 UTC of that day, or of the Friday before a weekend. */
function workingHour(at: Instant, random: Random): Instant {
  const date = new Date(at);
  const weekend = date.getUTCDay() === 0 ? 2 : date.getUTCDay() === 6 ? 1 : 0;
  date.setUTCDate(date.getUTCDate() - weekend);
  date.setUTCHours(random.integer(8, 15), random.integer(0, 59), random.integer(0, 59), 0);
  return date.getTime() > at ? date.getTime() - 7 * DAY : date.getTime();
}

function duration(random: Random): number {
  return 6 * MINUTE + random.integer(-20, 20) * SECOND;
}

function pushed(
  service: PracticeService,
  release: Pick<ReleasePoint, 'version' | 'build'>,
  pushedAt: Instant,
  random: Random,
): PracticeImage {
  const source: ImageSource = {
    layer: `sha256:${random.hex(64)}`,
    platforms: BUILT_TWICE.includes(service.name) ? ['arm64', 'amd64'] : ['amd64'],
    labels: labelsOf(release),
    pushedAt,
    bytes: random.integer(80_000_000, 400_000_000),
  };
  const digest = imageContent(source).manifests[0]?.digest ?? '';
  return { ...source, repository: service.repository, tag: release.version, digest };
}

/** The versions of database and queues that it works with, as the tribe labels its images. */
function labelsOf({ version, build }: Pick<ReleasePoint, 'version' | 'build'>): Record<string, string> {
  const patch = Number(version.split('.')[2] ?? 0);
  const since = (releases: number) => String(1 + Math.floor((patch - 1) / releases));
  return {
    'org.opencontainers.image.version': version,
    'harbour.build': String(build),
    'oncall.database': since(RELEASES_TO_MIGRATION),
    'oncall.queues': since(RELEASES_TO_NEW_MESSAGES),
  };
}

function asDeploy(
  service: PracticeService,
  environment: EnvironmentName,
  release: ReleasePoint,
): PracticeDeploy {
  return {
    service: service.name,
    environment,
    version: release.version,
    who: release.who,
    build: release.build,
    startedAt: release.startedAt,
    finishedAt: release.finishedAt,
    status: release.failed ? 'failed' : 'succeeded',
    token: null,
  };
}
