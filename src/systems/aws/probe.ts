import { resolve } from 'node:path';
import type { LoadedConfig } from '../../config/types.ts';
import { Failure } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import type { CloudIdentity } from '../../model/stack.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { read } from './call.ts';
import { type AwsClients, awsClients } from './clients.ts';
import { Identities } from './identity.ts';
import { groupArn } from './log-session.ts';
import { PERMISSIONS, type Permission, type Subject } from './permissions.ts';
import { findProfile, profileFiles } from './profiles.ts';

/** Whose credentials an environment has, whether they are of its account, and what their role may not read. */
export function openProbe(deps: AdapterDeps, environment: string): Probe {
  const clients = awsClients(deps);
  const profile = deps.loaded.config.environments[environment]?.aws?.profile ?? process.env.AWS_PROFILE;
  let renewal = 'put valid credentials there';
  return {
    system: 'aws',
    async check(signal) {
      renewal = await howToRenew(deps, environment, profile);
      const identity = await new Identities(clients).of(environment, signal);
      const subject = subjectOf(deps.loaded, environment, identity);
      const missing = await Promise.all(
        PERMISSIONS.map((permission) => lacks(clients, environment, permission, subject, signal)),
      );
      return {
        identity: identity.arn,
        missing: missing.flat(),
        now: null,
        budget: null,
        trouble: otherAccount(clients, environment, identity),
      };
    },
    cure: (failure) => {
      if (failure.code !== 'unauthorized') return null;
      const told = /Run: (aws sso login .+)$/.exec(failure.message)?.[1];
      if (told !== undefined) return `run: ${told}`;
      if (/^There is no AWS profile/.test(failure.message))
        return `mend environments.${environment}.aws.profile, or add that profile`;
      if (/may not assume/.test(failure.message))
        return 'ask whoever owns the role to trust you: sts:AssumeRole';
      return renewal;
    },
  };
}

async function howToRenew(
  { loaded }: AdapterDeps,
  environment: string,
  profile: string | undefined,
): Promise<string> {
  if (profile === undefined) return `name a profile: environments.${environment}.aws.profile`;
  const file = loaded.config.environments[environment]?.aws?.credentials_file;
  const files = profileFiles(file === undefined ? null : resolve(loaded.folder, file));
  const found = await findProfile(profile, files).catch(() => null);
  if (found?.sso === true) return `run: aws sso login --profile ${profile}`;
  return `renew the credentials of the profile ${profile}`;
}

function subjectOf({ config }: LoadedConfig, environment: string, identity: CloudIdentity): Subject {
  const here = Object.values(config.services).filter((service) => environment in service.environments);
  const first = (texts: readonly (string | undefined)[]) => texts.find((text) => text !== undefined) ?? null;
  const logGroup = first(here.map((service) => service.log_group))?.replaceAll('{environment}', environment);
  const tailed = config.environments[environment]?.aws?.live_tail === true ? logGroup : undefined;
  return {
    stack: first(here.map((service) => service.environments[environment]?.stack)),
    repository: first(here.map((service) => service.image)),
    logGroup: logGroup ?? null,
    liveTail: tailed === undefined ? null : groupArn(identity, tailed),
  };
}

/**
 * The action that lacks, if it does: of a call that needs several AWS names the one. Any other refusal (nothing of
 * that name, `DryRunOperation`) comes after the permission was looked at:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html (DryRun)
 */
async function lacks(
  clients: AwsClients,
  environment: string,
  { action, call }: Permission,
  subject: Subject,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const asking = call(subject);
  if (asking === null) return [];
  try {
    await read(action, signal, (options) =>
      asking({
        of: (Client) => clients.client(environment, 'act', Client),
        streaming: (Client) => clients.client(environment, 'stream', Client),
        options,
      }),
    );
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    if (thrown.code === 'forbidden') return [/lacks ([\w-]+:\w+)/.exec(thrown.message)?.[1] ?? action];
    if (['not_found', 'invalid', 'conflict'].includes(thrown.code)) return [];
    throw thrown;
  }
}

function otherAccount(clients: AwsClients, environment: string, identity: CloudIdentity): Trouble | null {
  const { account } = clients.environment(environment);
  if (account === null || account === identity.account) return null;
  return {
    text: `These credentials are of account ${identity.account}, but ${environment} is account ${account}.`,
    fix: `mend environments.${environment}.aws: profile, or account`,
  };
}
