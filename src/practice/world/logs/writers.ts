import { DAY, type Instant, MINUTE, SECOND } from '../../../model/instant.ts';
import { createRandom } from '../random.ts';
import type { PracticeDeploy, PracticeInstance } from '../state.ts';
import type { ActiveEffect, World } from '../world.ts';

/** How far back lines exist, as an index with a retention of its own has. */
export const RETENTION = 7 * DAY;
/** How often the machines that come and go are looked at, in world time. */
const WATCH_EVERY = 15 * SECOND;
const BOOT = 20 * SECOND;
const WARM_UP = 2 * MINUTE;
/** Test machines have little to do. */
const TEST_SHARE = 0.25;

/** A machine that wrote lines from `from` until `to` (Infinity while it lives). */
export interface Writer {
  readonly instance: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
  readonly version: string;
  /** Lines a second. */
  readonly rate: number;
  readonly from: Instant;
  to: Instant;
}

/** An effect of a bad version, remembered after it has healed. */
export interface Outbreak {
  effect: ActiveEffect;
  to: Instant;
}

export type LogWorld = Pick<World, 'state' | 'now' | 'at' | 'activeEffects'>;

/**
 * Who wrote lines, and when: the world's instances as they come and go, those of the deploys before the world
 * began (made up from the deploys), and the outbreaks of errors. Bounded by the retention.
 */
export class Writers {
  readonly #world: LogWorld;
  readonly #born: Instant;
  readonly #living = new Map<string, Writer>();
  readonly #outbreaks = new Map<string, Outbreak>();
  #gone: Writer[] = [];
  #past: Writer[] | null = null;

  constructor(world: LogWorld) {
    this.#world = world;
    this.#born = world.now();
    this.#watch();
  }

  /** Everyone who has written since the retention began, as of now. */
  all(): readonly Writer[] {
    this.#look();
    this.#past ??= this.#makePast();
    return [...this.#past, ...this.#gone, ...this.#living.values()];
  }

  outbreaks(): readonly Outbreak[] {
    return [...this.#outbreaks.values()];
  }

  #watch(): void {
    this.#world.at(this.#world.now() + WATCH_EVERY, () => {
      this.#look();
      this.#watch();
    });
  }

  #look(): void {
    const now = this.#world.now();
    const { instances } = this.#world.state;
    const present = instances.filter(
      ({ lifecycle, cutOff }) => lifecycle !== 'Terminated' && cutOff === null,
    );
    const ids = new Set(present.map((instance) => instance.id));
    for (const instance of present) {
      if (!this.#living.has(instance.id)) this.#living.set(instance.id, this.#writer(instance));
    }
    for (const writer of this.#living.values()) {
      if (ids.has(writer.instance)) continue;
      writer.to = instances.find(({ id }) => id === writer.instance)?.cutOff ?? now;
      this.#living.delete(writer.instance);
      this.#gone.push(writer);
    }
    this.#gone = this.#gone.filter((writer) => writer.to > now - RETENTION);
    this.#lookAtEffects(now);
  }

  #lookAtEffects(now: Instant): void {
    const active = this.#world.activeEffects();
    for (const outbreak of this.#outbreaks.values()) {
      if (outbreak.to === Infinity && !active.some((effect) => sameEffect(effect, outbreak.effect))) {
        outbreak.to = now;
      }
    }
    for (const effect of active) {
      const { key, service, environment, since } = effect;
      this.#outbreaks.set(`${key} ${service} ${environment} ${since}`, { effect, to: Infinity });
    }
    for (const [key, outbreak] of this.#outbreaks) {
      if (outbreak.to < now - RETENTION) this.#outbreaks.delete(key);
    }
  }

  #writer(instance: PracticeInstance): Writer {
    const { service = 'unknown', environment, version = 'unknown' } = instance.tags;
    const where = environment === 'test' ? 'test' : 'prod';
    const wroteUntil = this.#gone.find((writer) => writer.instance === instance.id)?.to;
    return {
      instance: instance.id,
      service,
      environment: where,
      version,
      rate: this.#rate(service, where),
      from: wroteUntil === undefined ? instance.launchedAt + BOOT : this.#world.now(),
      to: Infinity,
    };
  }

  #rate(service: string, environment: 'prod' | 'test'): number {
    const rate = this.#world.state.services.find(({ name }) => name === service)?.logRate ?? 0.5;
    return environment === 'test' ? rate * TEST_SHARE : rate;
  }

  #makePast(): Writer[] {
    const known = [...this.#gone, ...this.#living.values()];
    return this.#world.state.services.flatMap((service) =>
      (['prod', 'test'] as const).flatMap((environment) => {
        const present = known.filter(
          (one) => one.service === service.name && one.environment === environment,
        );
        const firstLaunch = Math.min(this.#born, ...present.map((one) => one.from));
        const served = this.#world.state.deploys.filter(
          (deploy) =>
            deploy.service === service.name &&
            deploy.environment === environment &&
            deploy.status === 'succeeded' &&
            (deploy.finishedAt ?? Infinity) <= this.#born,
        );
        return this.#generations(served, service.instancesPerEnvironment[environment], firstLaunch);
      }),
    );
  }

  /** One set of machines for each deploy, serving until the next deploy was through. */
  #generations(deploys: readonly PracticeDeploy[], machines: number, firstLaunch: Instant): Writer[] {
    const ordered = deploys
      .map((deploy) => ({ deploy, up: deploy.finishedAt ?? deploy.startedAt }))
      .sort((a, b) => a.up - b.up);
    return ordered.flatMap(({ deploy, up }, index) => {
      const from = up - WARM_UP;
      const to = ordered[index + 1]?.up ?? firstLaunch;
      if (to <= from || to < this.#born - RETENTION) return [];
      const random = createRandom(
        this.#world.state.seed,
        `machines of ${deploy.service} ${deploy.environment} ${up}`,
      );
      return Array.from({ length: machines }, () => ({
        instance: `i-0${random.hex(16)}`,
        service: deploy.service,
        environment: deploy.environment,
        version: deploy.version,
        rate: this.#rate(deploy.service, deploy.environment),
        from,
        to,
      }));
    });
  }
}

function sameEffect(one: ActiveEffect, other: ActiveEffect): boolean {
  return (
    one.key === other.key &&
    one.since === other.since &&
    one.service === other.service &&
    one.environment === other.environment
  );
}
