import { api } from '@pagerduty/pdjs';
import { Host } from '../../../src/practice/host.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { pagerDutyServer } from '../../../src/practice/servers/pagerduty/index.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { PracticeIncident } from '../../../src/practice/world/state.ts';
import type { World } from '../../../src/practice/world/world.ts';

export const SAM = 'sam@harbour.example';

export interface Item {
  readonly [field: string]: unknown;
}

/** What PagerDuty's answers may hold, read as a test expects it: what is not there is undefined. */
export interface Body {
  readonly incidents: readonly Item[];
  readonly services: readonly Item[];
  readonly oncalls: readonly Item[];
  readonly alerts: readonly Item[];
  readonly notes: readonly Item[];
  readonly log_entries: readonly Item[];
  readonly change_events: readonly Item[];
  readonly users: readonly Item[];
  readonly incident: Item;
  readonly note: Item;
  readonly user: Item;
  readonly schedule: Item;
  readonly escalation_policy: Item;
  readonly abilities: readonly string[];
  readonly error: { readonly code: number; readonly message: string };
  readonly limit: number;
  readonly total: number;
  readonly more: boolean;
  readonly status: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** PagerDuty's practice server on a port of its own. */
export interface PracticePagerDuty extends AsyncDisposable {
  readonly world: World;
  readonly host: Host;
  readonly url: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** PagerDuty's own client; returns the resource that it unwraps. */
  viaClient(method: string, path: string, data?: object): Promise<Answer>;
  incident(service: string): PracticeIncident;
}

export async function practicePagerDuty(scenario = 'bad-deploy'): Promise<PracticePagerDuty> {
  const world = createWorld({ scenario, seed: 1, speed: 1 });
  const host = new Host(world);
  const { url } = await host.serve(pagerDutyServer());
  const token = SECRETS.pagerduty.user;
  return {
    world,
    host,
    url,
    async ask(method, path, body, headers = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { Authorization: `Token token=${token}`, From: SAM, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    },
    async viaClient(method, path, data = {}) {
      const request = {
        method,
        url: `${url}${path}`,
        token,
        data,
        headers: { From: SAM },
        requestTimeout: 0,
        send,
      };
      const { status, headers, data: body } = await api(request);
      return { status, headers, body };
    },
    incident(service) {
      const pagerId = world.state.services.find((one) => one.name === service)?.pagerId;
      const found = world.state.incidents.findLast((one) => one.serviceId === pagerId);
      if (found === undefined) throw new Error(`no incident of ${service}`);
      return found;
    },
    async [Symbol.asyncDispose]() {
      await host.close();
      world.stop();
    },
  };
}

/** What the alias of cross-fetch calls (src/systems/http/cross-fetch.ts). */
function send(
  url: string,
  options: { headers: { entries: Record<string, string> }; method: string; body?: string },
) {
  const { method, body, headers } = options;
  return fetch(url, { method, headers: headers.entries, ...(body === undefined ? {} : { body }) });
}
