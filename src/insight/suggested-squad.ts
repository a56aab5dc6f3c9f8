import type { Catalog, Squad } from '../model/catalog.ts';
import type { Alert, Incident } from '../model/incident.ts';
import type { Signal } from '../model/signal.ts';
import { namedIn } from './named-services.ts';
import { type ToldOrigin, toldOrigin } from './told-origin.ts';

/** Whom something should go to, and why. */
export interface Suggestion {
  /** The squad's id. */
  readonly squad: string;
  readonly name: string;
  /** In words, without a full stop: `service mailer belongs to Messaging`. */
  readonly reason: string;
}

/** An incident, signal or ticket as far as it tells whose it is. */
export interface ToRoute {
  /** The catalog's service. */
  readonly service: string | null;
  /** Id of the squad that has it; null: a tribe-wide duty, or nobody. */
  readonly heldBy: string | null;
  readonly texts: readonly string[];
  /** What its alerts tell by name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** A person's own words: an everyday word in them is no name of a service or a squad. */
  readonly prose: boolean;
}

/** Something that was given to a squad before. */
export interface RoutedBefore {
  readonly service: string | null;
  readonly squad: string;
}

type Known = Pick<Catalog, 'squads' | 'services'>;

/** So far back, counted in what was routed, the past says something of today. */
const PAST = 10;

/**
 * By what its alerts say that it comes from, then by its service, then by what its text names, then by where the like of
 * it went before. Never the squad that has it; null: nothing points anywhere else.
 */
export function suggestSquad(
  catalog: Known,
  what: ToRoute,
  before: readonly RoutedBefore[],
): Suggestion | null {
  const origin = toldOrigin(catalog.services, what.texts, what.facts);
  // Who has what they made is the right one, whatever else is named.
  if (origin !== null) return byOrigin(catalog, what, origin);
  return byService(catalog, what) ?? byText(catalog, what) ?? byPast(catalog, what, before);
}

/** Why nobody is suggested, as a sentence without a full stop. */
export function whyNone(catalog: Known, { heldBy }: ToRoute): string {
  const holder = catalog.squads.find(({ id }) => id === heldBy);
  return holder === undefined
    ? 'No squad is suggested: neither service nor text nor what was routed before tells whose it is'
    : `${holder.name} has it, and nothing points to another squad`;
}

export function incidentToRoute(catalog: Known, incident: Incident, alerts: readonly Alert[]): ToRoute {
  const held = catalog.squads.find(
    ({ escalationPolicy }) => escalationPolicy === incident.escalationPolicy.id,
  );
  const facts = alerts.flatMap(({ details }) => details);
  return {
    service: incident.service,
    heldBy: held?.id ?? null,
    texts: [incident.title, incident.pagerService.name, ...alerts.map(({ summary }) => summary)],
    facts,
    prose: false,
  };
}

export function signalToRoute({ service, squad, title, detail, kind }: Signal): ToRoute {
  const texts = detail === null ? [title] : [title, detail];
  return { service, heldBy: squad, texts, facts: [], prose: kind === 'ticket' };
}

function byOrigin(catalog: Known, { heldBy }: ToRoute, { service, words }: ToldOrigin): Suggestion | null {
  const squad = another(catalog, service.squad, heldBy);
  return squad === null ? null : suggestion(squad, `${words}, and ${service.name} belongs to ${squad.name}`);
}

function byService(catalog: Known, { service, heldBy }: ToRoute): Suggestion | null {
  const known = catalog.services.find(({ name }) => name === service);
  const squad = known === undefined ? null : another(catalog, known.squad, heldBy);
  return squad === null ? null : suggestion(squad, `service ${service} belongs to ${squad.name}`);
}

/** The squad that is named most often, itself or by what is its own; of two alike the first. */
function byText(catalog: Known, { texts, facts, heldBy, prose }: ToRoute): Suggestion | null {
  const all = [...texts, ...facts.map(([, value]) => value)];
  const named = namedIn(catalog, all, prose).filter(({ squad }) => squad !== heldBy);
  const times = (squad: string) => named.filter((each) => each.squad === squad).length;
  const [most] = [...named].sort((one, other) => times(other.squad) - times(one.squad));
  const squad = most === undefined ? null : another(catalog, most.squad, heldBy);
  if (most === undefined || squad === null) return null;
  return suggestion(squad, `the text names ${most.word}${most.own ? '' : ` of ${squad.name}`}`);
}

/** Most of what was routed of that service went there. */
function byPast(
  catalog: Known,
  { service, heldBy }: ToRoute,
  before: readonly RoutedBefore[],
): Suggestion | null {
  if (service === null) return null;
  const like = before.filter((each) => each.service === service).slice(0, PAST);
  const times = (id: string) => like.filter(({ squad }) => squad === id).length;
  const squad = catalog.squads.find(({ id }) => id !== heldBy && times(id) * 2 > like.length);
  if (squad === undefined) return null;
  return suggestion(squad, `${times(squad.id)} of ${like.length} of ${service} went to ${squad.name} before`);
}

function another(catalog: Known, id: string, heldBy: string | null): Squad | null {
  return catalog.squads.find((squad) => squad.id === id && squad.id !== heldBy) ?? null;
}

function suggestion({ id, name }: Squad, reason: string): Suggestion {
  return { squad: id, name, reason };
}
