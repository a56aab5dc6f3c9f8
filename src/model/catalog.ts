import type { Instant } from './instant.ts';

/** The tribe as the configuration names it: what is ours, not what a system reported. */
export interface Catalog {
  readonly tribe: string;
  /** True for the practice world only: shown in the header, in `status` and as `"practice":true`. */
  readonly practice: boolean;
  readonly squads: readonly Squad[];
  readonly roles: readonly Role[];
  readonly environments: readonly Environment[];
  readonly defaultEnvironment: string;
  readonly services: readonly Service[];
  readonly freezes: readonly Freeze[];
  /** Labels of images that differ where a migration of the database or the queues lies between. */
  readonly migrationLabels: readonly string[];
}

export interface Squad {
  readonly id: string;
  readonly name: string;
  /** PagerDuty's id of the escalation policy that a re-route sets. */
  readonly escalationPolicy: string;
  readonly schedule: string | null;
  readonly slackChannel: string | null;
}

/** A tribe-wide duty such as Dingo (working hours) or Owl (after hours). */
export interface Role {
  readonly name: string;
  readonly schedule: string;
  /** `HH:MM-HH:MM` in `timeZone`, on workdays unless it wraps midnight; null: always. */
  readonly hours: string | null;
  readonly timeZone: string;
  readonly workdays: Workdays;
}

/** The days on which there are working hours; dates are days of the calendar where the role works. */
export interface Workdays {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly Holiday[];
  /** Dates (`2026-12-19`) that are worked on whatever else is said of them. */
  readonly workedOn: readonly string[];
}

/** A public holiday, or several in a row. */
export interface Holiday {
  /** `2026-12-25`: the first day and the last one. */
  readonly from: string;
  readonly to: string;
  readonly name: string | null;
}

export interface Environment {
  readonly name: string;
  /** Production and the like: a write to it needs the service's name typed. */
  readonly guarded: boolean;
}

/** A time in which nothing is changed without a reason. */
export interface Freeze {
  readonly window: FreezeWindow;
  /** null: all of them. */
  readonly environments: readonly string[] | null;
  /** null: all of them. */
  readonly services: readonly string[] | null;
  readonly reason: string;
}

/** From a moment on, until before another. */
export type FreezeWindow =
  | { readonly kind: 'once'; readonly from: Instant; readonly to: Instant }
  | {
      readonly kind: 'weekly';
      readonly from: WeekTime;
      readonly to: WeekTime;
      readonly timeZone: string;
    };

/** A moment of every week. */
export interface WeekTime {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Since midnight. */
  readonly minutes: number;
}

export interface Service {
  readonly name: string;
  readonly squad: string;
  /** PagerDuty's id of the service whose incidents are this service's. */
  readonly pagerService: string | null;
  readonly logs: LogSource | null;
  /** CloudWatch log group with `{environment}` to fill in, for a service that does not log to Splunk. */
  readonly logGroup: string | null;
  /** Image repository without a tag, as it stands in the registry. */
  readonly image: string | null;
  readonly runbook: string | null;
  /** What texts may call it beside its name: its stacks, how its alarms begin, its queues and functions. */
  readonly knownAs: readonly string[];
  /** What puts a version out: its stack itself, a pipeline, or a program of the team's own. */
  readonly deployWith: DeployWay;
  /** Program and arguments with `{service}`, `{version}`, `{environment}` and `{intent}` to fill in; null: none. */
  readonly deployCommand: readonly string[] | null;
  /** The service in each environment that it runs in, by environment name. */
  readonly in: Readonly<Record<string, Placement>>;
}

export type DeployWay = 'cloudformation' | 'buildkite' | 'jenkins' | 'bamboo' | 'command';

/** Where a service's log lines are: names only, never search language; `{environment}` in them is filled in. */
export interface LogSource {
  readonly index: string;
  /** Field and value that select the service, such as `service=charge-central`. */
  readonly where: Readonly<Record<string, string>>;
}

/** A service in one environment. */
export interface Placement {
  readonly stack: string;
  /** The stack's parameter that carries the image tag. */
  readonly imageParameter: string;
}

export function findService(catalog: Catalog, name: string): Service | undefined {
  return catalog.services.find((service) => service.name === name);
}

/** Where an incident may be sent: an escalation policy with a name. */
export interface RouteTarget {
  readonly id: string;
  readonly name: string;
  readonly escalationPolicy: string;
}

/** The squads, then the tribe-wide duties: a duty's schedule may be an escalation policy. */
export function routeTargets({ squads, roles }: Pick<Catalog, 'squads' | 'roles'>): readonly RouteTarget[] {
  const duties = roles.map(({ name, schedule }) => ({
    id: name,
    name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    escalationPolicy: schedule,
  }));
  return [...squads, ...duties.filter(({ id }) => !squads.some((squad) => squad.id === id))];
}

export function findSquad(catalog: Catalog, id: string): Squad | undefined {
  return catalog.squads.find((squad) => squad.id === id || squad.name === id);
}
