import { toCatalog } from '../../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../../src/config/schema.ts';
import type { Monitors, Systems } from '../../../src/model/ports/index.ts';
import { openSystems } from '../../../src/systems/index.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A Nagios, real or practised, with something wrong in it. */
export interface Nagios {
  /** Folder of the CGIs. */
  readonly url: string;
  readonly login: Login;
  /** May log in, and is authorized for nothing. */
  readonly stranger: Login;
  /** Ids (`host;service`) of what is critical, of what is fine, and of a heartbeat that others send. */
  readonly critical: string;
  readonly fine: string;
  readonly heartbeat: string;
  /** Makes the heartbeat critical. */
  stopHeartbeat(): Promise<void>;
  /** Lets a little of its time pass. */
  pass(): Promise<void>;
}

export interface Adapter extends AsyncDisposable {
  readonly monitors: Monitors;
  readonly systems: Systems;
}

/** The adapter, as the program opens it, pointed at that Nagios. */
export async function adapterFor(
  { url }: Pick<Nagios, 'url'>,
  { username, password }: Login,
  services: Readonly<Record<string, object>> = {},
): Promise<Adapter> {
  const variable = `ONCALL_TEST_NAGIOS_${username.toUpperCase()}`;
  process.env[variable] = password;
  const config = configSchema.parse({
    tribe: 'Harbour',
    default_environment: 'prod',
    environments: { prod: { guarded: true }, test: {} },
    squads: [{ id: 'billing', name: 'Billing', escalation_policy: 'PBILL01' }],
    systems: { nagios: { url, username, token: { env: variable } } },
    services: Object.fromEntries(
      Object.entries(services).map(([name, nagios]) => [name, { squad: 'billing', nagios }]),
    ),
  });
  const systems = openSystems({
    file: '/oncall.yaml',
    folder: '/',
    config,
    user: userSchema.parse({}),
    catalog: toCatalog(config),
  });
  const [monitors] = await systems.monitors();
  if (monitors === undefined) throw new Error('nothing is configured');
  return {
    monitors,
    systems,
    async [Symbol.asyncDispose]() {
      await systems.close();
      delete process.env[variable];
    },
  };
}

/** What statusjson.cgi answers, without the adapter. */
export async function statusJson(
  { url, login }: Pick<Nagios, 'url' | 'login'>,
  query: string,
): Promise<{ status: number; result: Record<string, unknown>; data: Record<string, unknown> }> {
  const response = await fetch(`${url}/statusjson.cgi?${query}`, { headers: authorization(login) });
  const { result, data } = (await response.json()) as {
    result: Record<string, unknown>;
    data: Record<string, unknown>;
  };
  return { status: response.status, result, data };
}

/** The page with which cmd.cgi answers. */
export async function cmd(
  { url, login }: Pick<Nagios, 'url' | 'login'>,
  fields: Readonly<Record<string, string>>,
  cookie?: string,
): Promise<{ status: number; cookie: string; page: string }> {
  const response = await fetch(`${url}/cmd.cgi`, {
    method: 'POST',
    headers: {
      ...authorization(login),
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie === undefined ? {} : { cookie }),
    },
    body: new URLSearchParams(fields).toString(),
  });
  return {
    status: response.status,
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    page: await response.text(),
  };
}

export function authorization({ username, password }: Login): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
