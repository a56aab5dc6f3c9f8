import type { SafeText } from '../safe-text.ts';

/** What a system tells of the tribe before anything of it is configured: reads only, and a bounded number of them. */
export interface Discovery {
  /** As in docs/contracts.md: `pagerduty`, `aws`. */
  readonly system: string;
  /** Throws a `Failure`. */
  discover(signal?: AbortSignal): Promise<Found>;
}

export interface Found {
  readonly teams: readonly FoundTeam[];
  readonly duties: readonly FoundDuty[];
  readonly things: readonly FoundThing[];
  /** Names of channels in which teams talk, with their `#`. */
  readonly channels: readonly SafeText[];
  /** What our environments are called there where that is another name: `{ prod: production }`. */
  readonly environmentNames: Readonly<Record<string, string>>;
  /** What was not looked at, each in a sentence: there was too much of it, or it may not be read. */
  readonly gaps: readonly string[];
}

export const NOTHING_FOUND: Found = {
  teams: [],
  duties: [],
  things: [],
  channels: [],
  environmentNames: {},
  gaps: [],
};

/** Who is paged together, and may be a squad of ours. */
export interface FoundTeam {
  readonly name: SafeText;
  /** Id of the escalation policy that pages them. */
  readonly policy: string;
  /** Id of the schedule of its first level; null: it pages people directly. */
  readonly schedule: string | null;
  /** What is not certain about it; null: nothing. */
  readonly doubt: SafeText | null;
}

/** An escalation policy that belongs to no team: perhaps one person for the whole tribe. */
export interface FoundDuty {
  readonly name: SafeText;
  readonly policy: string;
  /** `17:00-09:00` in its time zone; null: always, or not so simple. */
  readonly hours: string | null;
  readonly timeZone: string | null;
}

/** One thing in a system that may be part of a service: its stack, its image repository, its pipeline. */
export interface FoundThing {
  readonly system: string;
  /** What it is, for people: `stack`, `PagerDuty service`. */
  readonly kind: string;
  /** Its name there. */
  readonly name: SafeText;
  /** The service that it says itself it belongs to (a tag, an annotation); null: its name has to tell. */
  readonly service: SafeText | null;
  /** Of ours; null: of all of them, or its name has to tell. */
  readonly environment: string | null;
  /** Which squad it says it belongs to, as the system spells it; null: it does not say. */
  readonly squad: SafeText | null;
  /** Its being there is reason enough for a service. */
  readonly isService: boolean;
  /** What it says of the service, as keys of `services.NAME`. */
  readonly keys: Readonly<Record<string, unknown>>;
}
