import { loadConfig } from '../../../src/config/load.ts';
import type { LoadedConfig } from '../../../src/config/types.ts';
import { findService, type Service } from '../../../src/model/catalog.ts';
import { Failure } from '../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { Systems } from '../../../src/model/ports/index.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { openSystems } from '../../../src/systems/index.ts';

/** What each server of one practice world tells of its story, seen through the adapters. */
export class Eyes {
  readonly #practice: RunningPractice;
  readonly #loaded: LoadedConfig;
  readonly #systems: Systems;

  private constructor(practice: RunningPractice, loaded: LoadedConfig) {
    this.#practice = practice;
    this.#loaded = loaded;
    this.#systems = openSystems(loaded);
  }

  static async on(scenario: string): Promise<Eyes> {
    const options = { scenario, seed: 1, speed: 1, tls: false, untilStdinCloses: false };
    const practice = await startPractice(options);
    return new Eyes(practice, await loadConfig({ configFile: practice.line.config }));
  }

  async close(): Promise<void> {
    await this.#systems.close();
    await this.#practice.stop();
  }

  async control(path: string, body: object): Promise<void> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.#practice.line.endpoints.control}${path}`, init);
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** `service: title` of what is open. */
  async pagerduty(): Promise<readonly string[]> {
    const open = await (await this.#systems.pager()).openIncidents();
    return open.map(({ service, title }) => `${service}: ${title}`).sort();
  }

  /** Whether the service's log of the last minute is full of errors. */
  async splunk(name: string): Promise<'errors' | 'quiet'> {
    const span = { service: this.#service(name), environment: 'prod', sinceMs: MINUTE, untilMs: 5 * SECOND };
    const { count } = await (await this.#systems.logSearch()).errorCount(span);
    return count > 15 ? 'errors' : 'quiet';
  }

  /** `service zone` of each unhealthy instance that is in service. */
  async autoScaling(): Promise<readonly string[]> {
    const fleet = await this.#systems.fleet();
    const all = await fleet.health('prod', this.#loaded.catalog.services);
    return all
      .filter(({ lifecycle, health }) => lifecycle === 'InService' && health !== 'Healthy')
      .map(({ service, zone }) => `${service} ${zone}`);
  }

  /** State and reason of each of the service's instances behind its load balancer, each once. */
  async loadBalancing(name: string): Promise<readonly string[]> {
    const fleet = await this.#systems.fleet();
    const groups = await fleet.groups('prod', [this.#service(name)]);
    const told = (await fleet.traffic('prod', groups)).flatMap(({ instances }) => instances);
    const states = told.map(({ traffic }) => [traffic?.state, traffic?.reason].filter(Boolean).join(' '));
    return [...new Set(states)].sort();
  }

  /** Conditions of the service's own containers, each once; `no answer` of an instance that nothing reaches. */
  async docker(name: string): Promise<readonly string[]> {
    const service = this.#service(name);
    const [fleet, port] = await Promise.all([this.#systems.fleet(), this.#systems.containers()]);
    const instances = (await fleet.groups('prod', [service])).flatMap((group) => group.instances);
    const told = await Promise.all(
      instances.map((instance) =>
        port
          .containers('prod', instance)
          .then((all) =>
            all.filter((one) => one.name === name).map(({ state, health }) => `${state} ${health}`),
          )
          .catch((thrown: unknown) => [thrown instanceof Failure ? 'no answer' : String(thrown)]),
      ),
    );
    return [...new Set(told.flat())].sort();
  }

  /** The version of it that the planning board says goes out next. */
  async coming(name: string): Promise<string> {
    const cards = await (await this.#systems.board()).coming();
    return cards.find(({ service }) => service === name)?.version ?? 'none';
  }

  /** What that monitor says of production: its service, where it is known, and the kind of thing. */
  async signals(system: string): Promise<readonly string[]> {
    const monitor = (await this.#systems.monitors()).find((each) => each.system === system);
    if (monitor === undefined) throw new Error(`no monitor ${system}`);
    const told = (await monitor.signals('prod')).filter(({ inDowntime }) => !inDowntime);
    return told.map(({ service, title }) => `${service}: ${title}`).sort();
  }

  /** Titles of the commits that the one version brought. */
  async github(name: string, from: string, to: string): Promise<readonly string[]> {
    const { commits } = await (await this.#systems.compare()).changes(this.#service(name), from, to);
    return commits.map(({ title }) => title);
  }

  /** Whether the registry, or ECR, has that version. */
  async image(name: string, version: string): Promise<boolean> {
    const images = await this.#systems.images();
    return (await images.image(this.#service(name), 'prod', version)) !== null;
  }

  /** Of the newest image. */
  async newestImage(name: string): Promise<string> {
    const [newest] = await (await this.#systems.images()).images(this.#service(name), 'prod', 1);
    return newest?.version ?? 'none';
  }

  /** The newest production deploy of which that system tells too. */
  async deployToldBy(system: string, name: string): Promise<string> {
    const deploys = await (await this.#systems.releases()).deploys(this.#service(name), 'prod', 10);
    return deploys.find(({ sources }) => sources.includes(system))?.version ?? 'none';
  }

  async pact(name: string, version: string): Promise<boolean | null | undefined> {
    return (await (await this.#systems.contracts()).canDeploy(this.#service(name), 'prod', version))?.fits;
  }

  /** The newest word in the channel of a squad. */
  async slack(channel: string): Promise<string> {
    const { url } = this.#loaded.config.systems.slack ?? {};
    const headers = { authorization: `Bearer ${SECRETS.slack.token}` };
    const ask = async (method: string, args: Record<string, string>) => {
      const init = { method: 'POST', headers, body: new URLSearchParams(args) };
      return (await (await fetch(`${url}/${method}`, init)).json()) as {
        channels?: { id: string; name: string }[];
        messages?: { text: string }[];
      };
    };
    const { channels } = await ask('conversations.list', {});
    const id = channels?.find(({ name }) => name === channel)?.id ?? '';
    const { messages } = await ask('conversations.history', { channel: id, limit: '1' });
    return messages?.[0]?.text ?? 'nothing';
  }

  #service(name: string): Service {
    const service = findService(this.#loaded.catalog, name);
    if (service === undefined) throw new Error(`no service ${name}`);
    return service;
  }
}
