import { type Instant, SECOND } from '../../../model/instant.ts';
import type { World } from '../../world/world.ts';
import { type Check, checks } from './checks.ts';

/** The daemon reads its commands, and writes down its state, only so often. */
const LATE = 2 * SECOND;
/** Comments that were there before anybody told it anything are counted from here. */
const KNOWN_ID = 100_000;

export interface Comment {
  readonly id: number;
  readonly kind: 'acknowledgement' | 'downtime';
  readonly host: string;
  readonly service: string | null;
  readonly author: string;
  readonly text: string;
  readonly at: Instant;
}

export interface Downtime {
  readonly id: number;
  readonly host: string;
  readonly service: string | null;
  readonly author: string;
  readonly text: string;
  readonly at: Instant;
  readonly start: Instant;
  readonly end: Instant;
}

interface Acknowledgement extends Comment {
  /** Of the problem: with its end the acknowledgement ends, and its comment with it. */
  readonly since: Instant;
  readonly sticky: boolean;
}

export type Command = Pick<Comment, 'host' | 'service' | 'author' | 'text'> &
  (
    | { readonly kind: 'acknowledge'; readonly sticky: boolean }
    | { readonly kind: 'downtime'; readonly start: Instant; readonly end: Instant }
  );

/** A check with what people did about it. */
export interface Seen extends Check {
  readonly acknowledged: 'sticky' | 'normal' | null;
  readonly downtimes: number;
}

const WELL: ReadonlySet<string> = new Set(['ok', 'up']);

/** What the daemon was told, beside what the world does. */
export class Book {
  readonly #acknowledgements: Acknowledgement[] = [];
  readonly #downtimes: Downtime[] = [];
  #lastId = 0;

  /** Taken now and done a little later; what does not fit the state then is dropped without a word. */
  tell(world: World, command: Command): void {
    world.at(world.now() + LATE, () => this.#do(world, command));
  }

  seen(world: World): readonly Seen[] {
    return checks(world).map((check) => ({
      ...check,
      acknowledged: this.#acknowledgementOf(check)?.kind ?? null,
      downtimes: this.downtimes(world).filter((one) => isSame(one, check) && one.start <= world.now()).length,
    }));
  }

  comments(world: World): readonly Comment[] {
    const live = checks(world);
    const known = live.flatMap((check, index) =>
      check.known === null
        ? []
        : [
            {
              id: KNOWN_ID + index,
              kind: 'acknowledgement' as const,
              host: check.host,
              service: check.service,
              author: check.known.by,
              text: 'taken from the page',
              at: check.known.at,
            },
          ],
    );
    const told = this.#acknowledgements.filter((one) =>
      live.some((check) => isSame(one, check) && check.since === one.since && !WELL.has(check.status)),
    );
    const planned = this.downtimes(world).map((one) => ({ ...one, kind: 'downtime' as const }));
    return [...known, ...told, ...planned];
  }

  downtimes(world: World): readonly Downtime[] {
    return this.#downtimes.filter(({ end }) => end > world.now());
  }

  #acknowledgementOf(check: Check): { kind: 'sticky' | 'normal' } | null {
    if (WELL.has(check.status)) return null;
    const told = this.#acknowledgements.findLast((one) => isSame(one, check) && one.since === check.since);
    if (told !== undefined) return { kind: told.sticky ? 'sticky' : 'normal' };
    return check.known === null ? null : { kind: 'sticky' };
  }

  #do(world: World, { host, service, author, text, ...what }: Command): void {
    const check = checks(world).find((one) => isSame(one, { host, service }));
    if (check === undefined) return;
    if (what.kind === 'acknowledge' && WELL.has(check.status)) return;
    const common = { id: ++this.#lastId, host, service, author, text, at: world.now() };
    if (what.kind === 'downtime') {
      this.#downtimes.push({ ...common, start: what.start, end: what.end });
      return;
    }
    const { sticky } = what;
    this.#acknowledgements.push({ ...common, kind: 'acknowledgement', since: check.since, sticky });
  }
}

function isSame(one: Pick<Check, 'host' | 'service'>, other: Pick<Check, 'host' | 'service'>): boolean {
  return one.host === other.host && one.service === other.service;
}
