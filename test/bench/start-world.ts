import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { PracticeWorld } from '../support/practice.ts';

/** What `oncall status` asks PagerDuty for, at the same time. */
const QUESTIONS = [
  '/incidents?statuses[]=triggered&statuses[]=acknowledged&date_range=all&sort_by=created_at:desc&limit=100&include[]=assignees&include[]=acknowledgers',
  '/oncalls?earliest=true&include[]=users&limit=100',
];

/** How long PagerDuty itself takes for that, on connections that are there already. */
export class PagerReply {
  readonly #url: string;
  readonly #token: string;
  readonly #authority: string;
  readonly #agent: Agent;

  constructor(world: PracticeWorld) {
    const folder = dirname(world.config);
    this.#url = world.endpoints.pagerduty ?? '';
    this.#token = readFileSync(join(folder, 'pagerduty.token'), 'utf8').trim();
    this.#authority = join(folder, 'ca.pem');
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(this.#authority) });
  }

  /** Milliseconds. */
  async take(): Promise<number> {
    await this.#ask(); // a connection that was closed meanwhile is made again
    const start = performance.now();
    await this.#ask();
    return performance.now() - start;
  }

  /** The least that asks over TLS: one GET by Node alone, nothing decoded or shown. */
  script(): string {
    const headers = JSON.stringify({ authorization: `Token token=${this.#token}` });
    return [
      `const ca = process.getBuiltinModule('fs').readFileSync(${JSON.stringify(this.#authority)});`,
      `const { get } = process.getBuiltinModule('https');`,
      `get(${JSON.stringify(this.#url + QUESTIONS[0])}, { ca, headers: ${headers}, agent: false }, (answer) => answer.resume());`,
    ].join('\n');
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(): Promise<void> {
    const headers = { authorization: `Token token=${this.#token}` };
    const one = (question: string) =>
      new Promise<void>((resolve, reject) => {
        get(`${this.#url}${question}`, { agent: this.#agent, headers }, (answer) => {
          answer.resume().on('end', resolve);
        }).on('error', reject);
      });
    await Promise.all(QUESTIONS.map(one));
  }
}

interface PracticeConfig {
  readonly environments: Record<string, { containers?: unknown }>;
  readonly systems: Record<string, unknown>;
  readonly services: Record<string, Record<string, unknown>>;
}

/** A configuration beside the world's own that has PagerDuty and AWS, and none of the other systems. */
export function pagerAndAwsAlone(file: string): string {
  const config: PracticeConfig = parse(readFileSync(file, 'utf8'));
  const kept = ['squad', 'image', 'pagerduty_service', 'runbook', 'environments'];
  const services = Object.entries(config.services).map(([name, service]) => [
    name,
    Object.fromEntries(Object.entries(service).filter(([key]) => kept.includes(key))),
  ]);
  for (const environment of Object.values(config.environments)) delete environment.containers;
  const alone = join(dirname(file), 'pagerduty-and-aws.yaml');
  writeFileSync(
    alone,
    stringify({
      ...config,
      systems: { pagerduty: config.systems.pagerduty },
      services: Object.fromEntries(services),
    }),
  );
  return alone;
}
