import type { Answers } from '../../config/answers.ts';
import { serviceSchema } from '../../config/schema.ts';
import { child, knownKeys } from '../../config/schema-walk.ts';
import { matchName, plainName } from '../../insight/match-names.ts';
import {
  type DraftService,
  type Matching,
  matchServices,
  type Placed,
} from '../../insight/match-services.ts';
import type { Found, FoundDuty, FoundTeam, FoundThing } from '../../model/ports/discovery.ts';

export interface Squad {
  readonly id: string;
  readonly name: string;
  readonly escalation_policy: string;
  readonly schedule?: string;
  readonly slack_channel?: string;
}

/** Part of a configuration, with what is to be said beside it. */
export interface Noted<T> {
  readonly value: T;
  /** Where it came from. */
  readonly from: readonly string[];
  /** What is not certain. */
  readonly doubts: readonly string[];
}

/** A configuration, and all that is to be told of it. */
export interface Composition {
  readonly squads: readonly Noted<Squad>[];
  readonly roles: Readonly<Record<string, object>>;
  readonly services: Readonly<Record<string, Noted<object>>>;
  /** Services that no squad is known of: a service has to have one. */
  readonly withoutSquad: readonly string[];
  readonly matching: Matching;
  /** How many things belong to other teams than ours. */
  readonly others: number;
  readonly environmentNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Everything that was found, by system. */
export type Finds = ReadonlyMap<string, Found>;

export interface Choices {
  readonly teams: readonly FoundTeam[];
  readonly duties: readonly FoundDuty[];
  /** Doubts that the person said yes to. */
  readonly settled: ReadonlySet<string>;
}

/** Puts a configuration together from what was found and chosen. */
export function compose(answers: Answers, finds: Finds, choices: Choices): Composition {
  const environments = Object.keys(answers.environments ?? {});
  const found = [...finds.values()];
  const channels = found.flatMap((one) => one.channels);
  const squads = choices.teams.map((team) => squadOf(team, channels));
  const ids = squads.map(({ value }) => value.id);
  const all = found.flatMap((one) => one.things);
  const ours = all.filter(({ squad }) => squad === null || squadNamed(squad, ids) !== null);
  const matching = matchServices(ours, environments, choices.settled);
  const services: Record<string, Noted<object>> = {};
  const withoutSquad: string[] = [];
  for (const service of matching.services) {
    const noted = serviceOf(service, ids, environments, matching);
    if (noted === null) withoutSquad.push(service.name);
    else services[service.name] = noted;
  }
  return {
    squads,
    roles: Object.fromEntries(choices.duties.map((duty) => [plainName(duty.name, []).name, roleOf(duty)])),
    services,
    withoutSquad,
    matching,
    others: all.length - ours.length,
    environmentNames: Object.fromEntries(
      [...finds].flatMap(([system, { environmentNames }]) =>
        Object.keys(environmentNames).length === 0 ? [] : [[system, environmentNames]],
      ),
    ),
  };
}

function squadOf(team: FoundTeam, channels: readonly string[]): Noted<Squad> {
  const id = squadId(team.name);
  const likely = [id, `team-${id}`, `${id}-team`, `squad-${id}`];
  const channel = likely.flatMap((name) => channels.find((one) => one === `#${name}`) ?? [])[0];
  const value = {
    id,
    name: team.name,
    escalation_policy: team.policy,
    ...(team.schedule === null ? {} : { schedule: team.schedule }),
    ...(channel === undefined ? {} : { slack_channel: channel }),
  };
  return { value, from: [], doubts: team.doubt === null ? [] : [team.doubt] };
}

function squadId(name: string): string {
  const words = plainName(name, []).name.split('-');
  const own = words.filter((word) => !['team', 'squad'].includes(word));
  return (own.length === 0 ? words : own).join('-');
}

function squadNamed(name: string, ids: readonly string[]): string | null {
  const match = matchName(squadId(name), ids);
  return match.kind === 'sure' ? match.name : null;
}

function roleOf({ policy, hours, timeZone }: FoundDuty): object {
  return {
    schedule: policy,
    ...(hours === null ? {} : { hours }),
    ...(timeZone === null ? {} : { time_zone: timeZone }),
  };
}

/** null: no squad is known. */
function serviceOf(
  { name, things }: DraftService,
  squads: readonly string[],
  environments: readonly string[],
  { doubts }: Matching,
): Noted<object> | null {
  const owners = [...new Set(things.flatMap(({ thing }) => squadOfThing(thing, squads) ?? []))];
  const [squad, ...others] = owners;
  if (squad === undefined) return null;
  const value: Record<string, unknown> = { squad };
  const unfit: string[] = [];
  for (const placed of things) {
    for (const [key, raw] of Object.entries(keysOf(placed))) {
      const known = value[key];
      const merged = isRecord(known) && isRecord(raw) ? { ...raw, ...known } : (known ?? raw);
      if (fits(key, merged)) value[key] = merged;
      else unfit.push(`${key} of the ${placed.thing.kind} ${placed.thing.name}: not as oncall takes it`);
    }
  }
  // In the environments' own order, and the keys in the schema's.
  value.environments = inOrder(value.environments, environments);
  value.newrelic_entity = inOrder(value.newrelic_entity, environments);
  // What logs to Splunk is read there; its log group may be there from before.
  if (value.logs !== undefined) delete value.log_group;
  return {
    value: inOrder(value, knownKeys(serviceSchema)) ?? {},
    from: [...new Set(things.map(({ thing }) => thing.kind))],
    doubts: [
      ...others.map((other) => `squad: another system says ${other}`),
      ...doubts.filter((doubt) => doubt.service === name).map(doubtText),
      ...unfit,
    ],
  };
}

export function doubtText({ thing, environment, reason }: Matching['doubts'][number]): string {
  return `the ${thing.kind} ${thing.name} may be its, too (${reason}): ${JSON.stringify(keysOf({ thing, environment }))}`;
}

function squadOfThing(thing: FoundThing, squads: readonly string[]): string | null {
  return thing.squad === null ? null : squadNamed(thing.squad, squads);
}

/** An entity of New Relic belongs to one environment. */
function keysOf({ thing, environment }: Placed): Readonly<Record<string, unknown>> {
  const { newrelic_entity: guid, ...keys } = thing.keys;
  if (guid === undefined || environment === null) return keys;
  return { ...keys, newrelic_entity: { [environment]: guid } };
}

/** Whether the schema takes that value for a key of a service. */
function fits(key: string, value: unknown): boolean {
  return child(serviceSchema, key)?.safeParse(value).success === true;
}

/** A mapping with its keys in that order; undefined: there is none. */
function inOrder(mapping: unknown, order: readonly string[]): Record<string, unknown> | undefined {
  if (!isRecord(mapping)) return undefined;
  const keys = order.filter((key) => mapping[key] !== undefined);
  return keys.length === 0 ? undefined : Object.fromEntries(keys.map((key) => [key, mapping[key]]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
