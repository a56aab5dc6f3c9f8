import { didYouMean } from '../insight/nearest.ts';
import type { Catalog, Environment, Service, Squad } from '../model/catalog.ts';
import { findService, findSquad } from '../model/catalog.ts';
import { UsageError } from './exit.ts';

/** The service of that name; a UsageError names the nearest one. */
export function serviceNamed(catalog: Catalog, name: string): Service {
  const service = findService(catalog, name);
  if (service !== undefined) return service;
  throw new UsageError(
    unknown(
      'service',
      name,
      catalog.services.map((each) => each.name),
    ),
  );
}

export function squadNamed(catalog: Catalog, name: string): Squad {
  const squad = findSquad(catalog, name);
  if (squad !== undefined) return squad;
  throw new UsageError(
    unknown(
      'squad',
      name,
      catalog.squads.map((each) => each.id),
    ),
  );
}

/** The environment of `--env`; without it the default one: for reads only, a write has to name it. */
export function environmentNamed(catalog: Catalog, name: string | undefined): Environment {
  const wanted = name ?? catalog.defaultEnvironment;
  const environment = catalog.environments.find((each) => each.name === wanted);
  if (environment !== undefined) return environment;
  throw new UsageError(
    unknown(
      'environment',
      wanted,
      catalog.environments.map((each) => each.name),
    ),
  );
}

/** Refuses a service that does not run in that environment. */
export function placed(service: Service, environment: Environment): void {
  if (environment.name in service.in) return;
  const places = Object.keys(service.in);
  const where =
    places.length === 0 ? 'no environment is configured for it' : `it runs in ${places.join(', ')}`;
  throw new UsageError(`${service.name} does not run in ${environment.name}: ${where}.`);
}

/** The environment of a write: it is never guessed. */
export function environmentToWrite({ name, in: places }: Service, asked: string | undefined): string {
  const known = Object.keys(places);
  if (asked !== undefined) {
    if (known.includes(asked)) return asked;
    throw new UsageError(
      `${name} is not in '${asked}'.${didYouMean(asked, known)} It runs in ${known.join(', ')}`,
    );
  }
  const [only, ...others] = known;
  if (only === undefined)
    throw new UsageError(`${name} has no stack in the config, so nothing of it can be changed`);
  if (others.length > 0) throw new UsageError(`${name} runs in ${known.join(' and ')}: say which with --env`);
  return only;
}

const MANY = 12;

function unknown(kind: string, name: string, known: readonly string[]): string {
  const list = known.length <= MANY ? ` Known: ${known.join(', ')}.` : '';
  return `there is no ${kind} '${name}'.${didYouMean(name, known) || list}`;
}
