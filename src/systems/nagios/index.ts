import { Failure } from '../../model/failure.ts';
import type { Monitors } from '../../model/ports/monitors.ts';
import type { SafeText } from '../../model/safe-text.ts';
import type { Signal } from '../../model/signal.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient } from './client.ts';
import { commitFields, formFields } from './commands.ts';
import { SYSTEM } from './failure.ts';
import { fromId, toId } from './object-id.ts';
import { acknowledgers, isProblem, nameOf, toSignal, type WireObject } from './to-model.ts';
import { type Naming, whose } from './whose.ts';
import * as wire from './wire.ts';

const PAGE = 500;
/** More problems than these tell nothing new. */
const MOST = 5_000;

const SERVICES = { query: 'servicelist', details: 'true', servicestatus: 'warning critical unknown' };
const HOSTS = { query: 'hostlist', details: 'true', hoststatus: 'down unreachable' };
const ACKNOWLEDGEMENTS = { query: 'commentlist', details: 'true', entrytypes: 'acknowledgement' };

export function openNagios(deps: AdapterDeps): Monitors {
  const { loaded } = deps;
  const { config, catalog } = loaded;
  const client = openClient(deps);
  const naming: Naming = {
    services: Object.fromEntries(Object.entries(config.services).map(([name, one]) => [name, one.nagios])),
    environments: Object.keys(config.environments),
  };
  let seesSomething = false;

  async function paged(read: (page: Record<string, string>) => Promise<readonly WireObject[]>) {
    const found = new Map<string, WireObject>();
    for (let start = 0; start < MOST; start += PAGE) {
      const page = await read({ start: String(start), count: String(PAGE) });
      for (const one of page) found.set(toId(nameOf(one)), one);
      if (page.length < PAGE) break;
    }
    return [...found.values()];
  }

  const services = (signal?: AbortSignal) =>
    paged(async (page) => {
      const { data } = await client.status(wire.servicesAnswer, { ...SERVICES, ...page }, signal);
      return Object.values(data.servicelist).flatMap((ofHost) => Object.values(ofHost));
    });

  const hosts = (signal?: AbortSignal) =>
    paged(async (page) => {
      const { data } = await client.status(wire.hostsAnswer, { ...HOSTS, ...page }, signal);
      return Object.values(data.hostlist);
    });

  /** Who acknowledged what; asked for only where something is. */
  async function acknowledgersOf(objects: readonly WireObject[], signal?: AbortSignal) {
    if (!objects.some((one) => one.problem_has_been_acknowledged)) return new Map<string, SafeText>();
    const { data } = await client.status(wire.commentsAnswer, ACKNOWLEDGEMENTS, signal);
    return acknowledgers(Object.values(data.commentlist));
  }

  /** A user without rights gets an empty list and "Success": nothing seen must not be taken for nothing wrong. */
  async function refuseBlindness(signal?: AbortSignal): Promise<void> {
    const { data } = await client.status(wire.countAnswer, { query: 'hostcount' }, signal);
    seesSomething = Object.values(data.count).some((count) => count > 0);
    if (seesSomething) return;
    const text = `Nagios shows ${client.username} no hosts at all: it needs authorized_for_all_hosts and authorized_for_all_services in cgi.cfg.`;
    throw new Failure(SYSTEM, 'forbidden', text);
  }

  const told = (object: WireObject, by: ReadonlyMap<string, SafeText>): Signal => {
    const name = nameOf(object);
    const belonging = whose(name, naming);
    return toSignal(object, { catalog, belonging, by: by.get(toId(name)) ?? null, base: client.base });
  };

  return {
    system: SYSTEM,
    can: ['acknowledge', 'downtime'],

    async signals(environment, signal) {
      const found = (await Promise.all([hosts(signal), services(signal)])).flat();
      if (found.length === 0 && !seesSomething) await refuseBlindness(signal);
      const here = found.filter((one) => {
        const { environment: where } = whose(nameOf(one), naming);
        return where === null || where === environment;
      });
      const by = await acknowledgersOf(here, signal);
      return here.map((one) => told(one, by));
    },

    async signal(id, signal) {
      const { host, service } = fromId(id);
      try {
        const object: WireObject =
          service === null
            ? (await client.status(wire.hostAnswer, { query: 'host', hostname: host }, signal)).data.host
            : (
                await client.status(
                  wire.serviceAnswer,
                  { query: 'service', hostname: host, servicedescription: service },
                  signal,
                )
              ).data.service;
        return isProblem(object) ? told(object, await acknowledgersOf([object], signal)) : null;
      } catch (error) {
        if (error instanceof Failure && error.code === 'not_found' && error.details.status === undefined)
          return null;
        throw error;
      }
    },

    async change(change, from, signal) {
      if (change.kind === 'assign') {
        throw new Failure(SYSTEM, 'invalid', 'Nagios gives problems to nobody: they cannot be assigned.');
      }
      // A stopped daemon leaves its pipe, into which cmd.cgi would write for ever: it is not asked to.
      const { result } = await client.status(wire.anything, { query: 'programstatus' }, signal);
      const form = await client.form(formFields(change), signal);
      await client.commit(form, commitFields(change, form, from, result.query_time), signal);
    },
  };
}
