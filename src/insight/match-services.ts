import type { FoundThing } from '../model/ports/discovery.ts';
import { matchName, plainName } from './match-names.ts';

/** A service as it was put together from what systems tell of it. */
export interface DraftService {
  readonly name: string;
  readonly things: readonly Placed[];
}

/** A thing with the environment that it or its name tells of. */
export interface Placed {
  readonly thing: FoundThing;
  readonly environment: string | null;
}

/** A thing that may belong to a service: a person has to say. */
export interface Doubt extends Placed {
  readonly service: string;
  readonly reason: string;
}

export interface Matching {
  /** In the order of their names. */
  readonly services: readonly DraftService[];
  readonly doubts: readonly Doubt[];
  /** What belongs to no service. */
  readonly rest: readonly FoundThing[];
}

/** Doubts that a person has settled: what they said yes to, by `doubtKey`. */
export type Settled = ReadonlySet<string>;

export function doubtKey({ system, kind, name }: FoundThing): string {
  return `${system} ${kind} ${name}`;
}

/**
 * Puts together by name what belongs together. What says itself whose it is comes first, then whatever makes a service
 * on its own, then the rest; of two things of one kind for the same service and environment neither is sure.
 */
export function matchServices(
  things: readonly FoundThing[],
  environments: readonly string[],
  settled: Settled = new Set(),
): Matching {
  const services = new Map<string, Placed[]>();
  const doubts: Doubt[] = [];
  const rest: FoundThing[] = [];
  const steps = [
    things.filter((thing) => thing.isService && thing.service !== null),
    things.filter((thing) => thing.isService && thing.service === null),
    things.filter((thing) => !thing.isService),
  ];
  for (const step of steps) {
    for (const thing of step) {
      const plain = plainName(thing.name, environments);
      const placed: Placed = { thing, environment: thing.environment ?? plain.environment };
      const name = thing.service === null ? plain.name : plainName(thing.service, environments).name;
      const match = matchName(name, [...services.keys()]);
      if (match.kind === 'sure') services.get(match.name)?.push(placed);
      else if (match.kind === 'unsure' && (thing.service === null || !thing.isService)) {
        if (settled.has(doubtKey(thing))) services.get(match.name)?.push(placed);
        else {
          doubts.push({ ...placed, service: match.name, reason: match.reason });
          if (thing.isService) services.set(name, [placed]);
        }
      } else if (thing.isService && name !== '') services.set(name, [placed]);
      else rest.push(thing);
    }
  }
  return {
    services: [...services]
      .map(([name, placed]) => ({ name, things: withoutRivals(name, placed, settled, doubts) }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    doubts,
    rest,
  };
}

/** What is the only one of its kind there stays; of rivals the one that has exactly the service's name, else none. */
function withoutRivals(
  service: string,
  placed: readonly Placed[],
  settled: Settled,
  doubts: Doubt[],
): readonly Placed[] {
  const slot = ({ thing, environment }: Placed) => `${thing.system} ${thing.kind} ${environment}`;
  return placed.filter((one) => {
    const rivals = placed.filter((other) => other !== one && slot(other) === slot(one));
    if (rivals.length === 0 || settled.has(doubtKey(one.thing))) return true;
    const isNamesake = ({ thing }: Placed) => thing.name === service;
    if (isNamesake(one) && !rivals.some(isNamesake)) return true;
    const [first] = rivals;
    doubts.push({ ...one, service, reason: `so is the ${first?.thing.kind} ${first?.thing.name}` });
    return false;
  });
}
