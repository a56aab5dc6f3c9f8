import type { Config } from '../../../config/schema.ts';

/** What an alarm is known by. */
export interface Marks {
  readonly name: string;
  /** Values of its metrics' dimensions: load balancers, queues, functions, groups. */
  readonly dimensions: readonly string[];
}

/** `elsewhere`: it is of an environment that shares the account and is not asked for. */
export type Owner = { readonly service: string | null } | 'elsewhere';

/** A way in which an alarm can be a service's; the strongest counts, then the longest. */
interface Claim {
  readonly service: string;
  /** null: it does not tell environments apart. */
  readonly environment: string | null;
  readonly text: string;
  readonly strength: number;
  readonly fits: (marks: Marks, text: string) => boolean;
}

const SAID = 3;
const NAMED = 2;
const ALIKE = 1;

/** Tells whose an alarm is: as the configuration says, by queue or function, else by how names begin. */
export function ownership(config: Config, environment: string): (marks: Marks) => Owner {
  const claims = Object.keys(config.environments)
    .filter((name) => isSamePlace(config, name, environment))
    .flatMap((name) => claimsIn(config, name))
    .concat(Object.keys(config.services).map((service) => alike(service, null, service)));
  return (marks) => {
    const [best] = claims
      .filter((claim) => claim.fits(marks, claim.text))
      .sort(
        (one, other) =>
          other.strength - one.strength ||
          other.text.length - one.text.length ||
          Number(one.environment === null) - Number(other.environment === null),
      );
    if (best === undefined) return { service: null };
    if (best.environment !== null && best.environment !== environment) return 'elsewhere';
    return { service: best.service };
  };
}

function claimsIn(config: Config, environment: string): Claim[] {
  return Object.entries(config.services).flatMap(([service, settings]) => {
    const claim = (texts: readonly string[], strength: number, fits: Claim['fits']) =>
      texts.map((text): Claim => {
        const filled = text.replaceAll('{environment}', environment);
        const tells = filled !== text || Object.keys(settings.environments).length === 1;
        return { service, environment: tells ? environment : null, text: filled, strength, fits };
      });
    const stack = settings.environments[environment]?.stack;
    return [
      ...claim(settings.alarms, SAID, ({ name }, text) => name.startsWith(text)),
      ...claim([...settings.dead_letter_queues, ...settings.functions], NAMED, ({ dimensions }, text) =>
        dimensions.includes(text),
      ),
      ...(stack === undefined
        ? []
        : [alike(service, environment, stack), alike(service, environment, `${service}-${environment}`)]),
    ];
  });
}

function alike(service: string, environment: string | null, text: string): Claim {
  return {
    service,
    environment,
    text,
    strength: ALIKE,
    fits: ({ name, dimensions }, start) =>
      beginsWith(name, start) ||
      dimensions.some((value) => value.split('/').some((part) => beginsWith(part, start))),
  };
}

/** `ledger-api` begins `ledger-api-dlq`, and `ledger` does not begin `ledgers`. */
function beginsWith(text: string, start: string): boolean {
  const next = text.charAt(start.length);
  return text.startsWith(start) && !/[A-Za-z0-9]/.test(next);
}

/** The same credentials in the same region see the same alarms. */
function isSamePlace({ environments }: Config, one: string, other: string): boolean {
  const place = (name: string) => JSON.stringify(environments[name]?.aws);
  return one === other || place(one) === place(other);
}
