import { SECOND } from '../../model/instant.ts';
import type { ScenarioSymptoms } from './scenario-effects.ts';
import type { Instant, PracticeIncident, WorldState } from './state.ts';
import type { ActiveEffect, IncidentEngine } from './world.ts';

/** How often the world looks at what its troubles do. */
const BEAT = 10 * SECOND;
/** A monitor closes its alert so long after the last trouble, and opens it again so long after it was closed by hand. */
const SETTLE = 120 * SECOND;

/** Something that does harm: a bad version, a zone that is out. */
export interface Cause {
  readonly key: string;
  /** Whose version is bad; null: no service's. */
  readonly service: string | null;
  readonly symptoms: ScenarioSymptoms;
  /** Since when it does harm; null: it does none now. */
  since(now: Instant): Instant | null;
  /** What it does to the service that causes it. */
  own(since: Instant): readonly ActiveEffect[];
  /** Does it, at every beat while it lasts. */
  harm(since: Instant, now: Instant): void;
}

interface Deps {
  readonly state: WorldState;
  readonly causes: readonly Cause[];
  readonly incidents: IncidentEngine;
  now(): Instant;
  at(when: Instant, what: () => void): void;
}

/** While a cause lasts, its incidents are opened; they close on their own after it is gone. */
export function createEffects(deps: Deps): { active(): ActiveEffect[]; start(): void } {
  const { state, now } = deps;
  const healedAt = new Map<string, Instant>();

  const active = () =>
    deps.causes.flatMap((cause) => {
      const since = cause.since(now());
      return since === null ? [] : [...cause.own(since), ...echoes(cause, since)];
    });

  function beat(): void {
    for (const cause of deps.causes) {
      const since = cause.since(now());
      remember(cause, since);
      if (since === null) settle(cause);
      else {
        healedAt.delete(cause.key);
        cause.harm(since, now());
        for (const wanted of cause.symptoms.incidents) alert(cause, wanted, since);
      }
    }
    deps.at(now() + BEAT, beat);
  }

  function remember({ key, service }: Cause, since: Instant | null): void {
    const open = state.troubles.find((trouble) => trouble.key === key && trouble.until === null);
    if (since !== null && open === undefined) state.troubles.push({ key, service, since, until: null });
    if (since === null && open !== undefined) open.until = now();
  }

  function alert(cause: Cause, wanted: ScenarioSymptoms['incidents'][number], since: Instant): void {
    const serviceId = state.services.find((service) => service.name === wanted.service)?.pagerId;
    const known = state.incidents.filter(
      (incident) =>
        incident.effect === cause.key && incident.serviceId === serviceId && incident.title === wanted.title,
    );
    const last = known.at(-1);
    if (last !== undefined && last.status !== 'resolved') return;
    const due = Math.max(since + wanted.after_s * SECOND, last === undefined ? 0 : last.changedAt + SETTLE);
    if (now() < due) return;
    const { service, title, urgency, details } = wanted;
    deps.incidents.trigger({ service, title, urgency, details, effect: cause.key });
  }

  function settle({ key }: Cause): void {
    const open = state.incidents.filter((one) => one.effect === key && one.status !== 'resolved');
    if (open.length === 0) return;
    const healed = healedAt.get(key) ?? now();
    healedAt.set(key, healed);
    if (now() < healed + SETTLE) return;
    for (const incident of open) close(deps.incidents, incident);
  }

  return {
    active,
    start() {
      if (deps.causes.length > 0) beat();
    },
  };
}

function echoes({ key, symptoms }: Cause, since: Instant): ActiveEffect[] {
  return symptoms.echoes.map(({ error_rate: errorRate, ...told }) => ({
    ...told,
    key,
    version: null,
    since,
    errorRate,
  }));
}

function close(incidents: IncidentEngine, incident: PracticeIncident): void {
  incidents.resolve(incident.id, null);
}
