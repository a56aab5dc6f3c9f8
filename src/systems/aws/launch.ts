import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeLaunchConfigurationsCommand,
} from '@aws-sdk/client-auto-scaling';
import { chunks, inParallel } from '../parallel.ts';
import { isLasting, read } from './call.ts';
import type { AwsClients } from './clients.ts';

/** What boots the next instance of a group. */
export type LaunchSource =
  | { readonly kind: 'template'; readonly id: string; readonly version: string }
  | { readonly kind: 'configuration'; readonly name: string };

/** Names that one DescribeLaunchConfigurations takes. */
const NAMES = 50;
const AT_ONCE = 4;
const MAX_KEPT = 2_000;

export function launchSourceOf(group: AutoScalingGroup): LaunchSource | null {
  const template =
    group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  if (template?.LaunchTemplateId !== undefined) {
    return { kind: 'template', id: template.LaunchTemplateId, version: template.Version ?? '$Default' };
  }
  const name = group.LaunchConfigurationName;
  return name === undefined || name === '' ? null : { kind: 'configuration', name };
}

export function launchKey(source: LaunchSource): string {
  return source.kind === 'template' ? `${source.id} ${source.version}` : source.name;
}

/** User data of launch templates and configurations. Both never change once made, so each is read once. */
export class LaunchUserData {
  readonly #clients: AwsClients;
  readonly #kept = new Map<string, string | null>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /** Base64 by `launchKey`; what we may not read, or what is gone, is missing. */
  async of(
    environment: string,
    sources: readonly LaunchSource[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, string | null>> {
    const found = new Map<string, string | null>();
    const wanted = new Map<string, LaunchSource>();
    for (const source of sources) {
      const key = launchKey(source);
      const kept = this.#kept.get(`${environment} ${key}`);
      if (kept === undefined) wanted.set(key, source);
      else found.set(key, kept);
    }
    const missing = [...wanted.values()];
    const templates = missing.filter((source) => source.kind === 'template');
    const names = missing.filter((source) => source.kind === 'configuration').map(({ name }) => name);
    await orNothing(this.#templates(environment, templates, found, signal));
    await orNothing(this.#configurations(environment, names, found, signal));
    return found;
  }

  async #templates(
    environment: string,
    templates: readonly (LaunchSource & { kind: 'template' })[],
    found: Map<string, string | null>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (templates.length === 0) return;
    const { launchTemplateUserData } = await import('./machines.ts');
    await inParallel(templates, AT_ONCE, async (template) => {
      await orNothing(
        launchTemplateUserData(this.#clients, environment, template, signal).then((userData) => {
          found.set(launchKey(template), userData);
          // `$Latest` and `$Default` may mean another version tomorrow.
          if (/^\d+$/.test(template.version)) this.#keep(environment, launchKey(template), userData);
        }),
      );
    });
  }

  async #configurations(
    environment: string,
    names: readonly string[],
    found: Map<string, string | null>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const client = this.#clients.client(environment, 'watch', AutoScalingClient);
    for (const some of chunks(names, NAMES)) {
      const answer = await read('autoscaling:DescribeLaunchConfigurations', signal, (options) =>
        client.send(new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: some }), options),
      );
      for (const {
        LaunchConfigurationName: name,
        UserData: userData = null,
      } of answer.LaunchConfigurations ?? []) {
        if (name === undefined) continue;
        found.set(name, userData);
        this.#keep(environment, name, userData);
      }
    }
  }

  #keep(environment: string, key: string, userData: string | null): void {
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(`${environment} ${key}`, userData);
  }
}

/** One of four sources may be forbidden or gone; the others are still worth showing. */
async function orNothing(reading: Promise<void>): Promise<void> {
  try {
    await reading;
  } catch (thrown) {
    if (!isLasting(thrown)) throw thrown;
  }
}
