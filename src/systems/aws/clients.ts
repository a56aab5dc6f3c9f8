import { resolve } from 'node:path';
import type { Placement, Service } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import {
  type CredentialProvider,
  type EnvironmentCredentials,
  environmentCredentials,
} from './credentials.ts';
import { type RequestHandler, requestHandler } from './request-handler.ts';

/**
 * `watch`: background reads. `act`: reads that an operator waits for, with a retry budget of their own.
 * `write`: changes the world, never tried twice. `stream`: answers that are read as they come, not tried twice either.
 */
export type Purpose = 'watch' | 'act' | 'write' | 'stream';

export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: CredentialProvider;
  readonly requestHandler: RequestHandler;
  readonly retryMode: string;
  readonly maxAttempts: number;
  /** Where the config names the endpoint, it is meant as it stands: no `stream-` in front of its name. */
  readonly disableHostPrefix?: true;
  /** Milliseconds that the server's clock is ahead of ours, where it is far off: it refuses such signatures. */
  readonly systemClockOffset?: number;
}

export interface AwsEnvironment {
  readonly name: string;
  readonly region: string;
  /** A custom endpoint has no console. */
  readonly endpoint: string | null;
  /** The only account to act in; null: any. */
  readonly account: string | null;
  /** Follow logs through Live Tail, which is billed for each minute. */
  readonly liveTail: boolean;
  /** Absolute path of a certificate authority (PEM) to trust instead of the built-in ones; null: those. */
  readonly caFile: string | null;
}

/** AWS clients of each environment, made on first use and shared by all AWS adapters. */
export interface AwsClients {
  environment(name: string): AwsEnvironment;
  client<C>(environment: string, purpose: Purpose, Client: new (settings: ClientSettings) => C): C;
}

const opened = new WeakMap<Transport, AwsClients>();

export function awsClients(deps: AdapterDeps): AwsClients {
  const known = opened.get(deps.transport);
  if (known !== undefined) return known;
  const clients = openClients(deps);
  opened.set(deps.transport, clients);
  return clients;
}

/** Where a service stands in an environment; a Failure `not_configured` that names the key otherwise. */
export function placementOf(service: Service, environment: string): Placement {
  const placement = service.in[environment];
  if (placement !== undefined) return placement;
  throw new Failure(
    'aws',
    'not_configured',
    `${service.name} has no stack in ${environment}: set services.${service.name}.environments.${environment}.`,
  );
}

function openClients({ loaded, transport }: AdapterDeps): AwsClients {
  const credentials = new Map<string, EnvironmentCredentials>();
  const clients = new Map<string, Map<unknown, unknown>>();

  const aws = (name: string) => {
    const settings = loaded.config.environments[name]?.aws;
    if (settings !== undefined) return settings;
    throw new Failure('aws', 'not_configured', `No AWS for ${name}: set environments.${name}.aws.`);
  };
  const caFileOf = (name: string): string | null => {
    const caFile = aws(name).ca_file;
    return caFile === undefined ? null : resolve(loaded.folder, caFile);
  };
  const handler = (name: string, purpose: Purpose): RequestHandler =>
    requestHandler({
      transport,
      mutation: purpose === 'write',
      streams: purpose === 'stream',
      caFile: caFileOf(name),
      onRefused: () => credentials.get(name)?.forget(),
    });
  const credentialsOf = (name: string): EnvironmentCredentials => {
    const known = credentials.get(name);
    if (known !== undefined) return known;
    const settings = aws(name);
    const file = settings.credentials_file;
    const made = environmentCredentials(
      {
        region: settings.region,
        endpoint: settings.endpoint ?? null,
        profile: settings.profile ?? null,
        credentialsFile: file === undefined ? null : resolve(loaded.folder, file),
        roleArn: settings.role_arn ?? null,
        requestHandler: handler(name, 'act'),
        now: () => transport.now('aws'),
      },
      (secret) => transport.addSecret(secret),
    );
    credentials.set(name, made);
    return made;
  };

  return {
    environment(name) {
      const { region, endpoint, account, live_tail: liveTail = false } = aws(name);
      return {
        name,
        region,
        endpoint: endpoint ?? null,
        account: account ?? null,
        liveTail,
        caFile: caFileOf(name),
      };
    },
    client(environment, purpose, Client) {
      const key = `${purpose} ${environment}`;
      const made = clients.get(key) ?? new Map<unknown, unknown>();
      clients.set(key, made);
      const known = made.get(Client);
      if (known instanceof Client) return known;
      const { region, endpoint } = aws(environment);
      const client = new Client({
        region,
        credentials: credentialsOf(environment).provide,
        requestHandler: handler(environment, purpose),
        retryMode: 'standard',
        maxAttempts: purpose === 'write' || purpose === 'stream' ? 1 : 3,
        ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true }),
        ...clockOffset(transport),
      });
      made.set(Client, client);
      return client;
    },
  };
}

/** A client that writes is made after reading: with the server's clock its one attempt is not lost to a wrong one. */
function clockOffset(transport: Transport): { systemClockOffset?: number } {
  const ahead = transport.now('aws') - Date.now();
  return Math.abs(ahead) < MINUTE ? {} : { systemClockOffset: ahead };
}
