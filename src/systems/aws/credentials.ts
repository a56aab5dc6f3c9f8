import { userInfo } from 'node:os';
import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import { awsFailure } from './failure.ts';
import { findProfile, type Profile, profileFiles } from './profiles.ts';
import type { RequestHandler } from './request-handler.ts';

export interface CredentialSettings {
  readonly region: string;
  readonly endpoint: string | null;
  readonly profile: string | null;
  /** Absolute. */
  readonly credentialsFile: string | null;
  readonly roleArn: string | null;
  readonly requestHandler: RequestHandler;
  /** AWS's own clock, by which credentials expire. */
  readonly now: () => Instant;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialProvider = () => Promise<Credentials>;

export interface EnvironmentCredentials {
  /** Throws a Failure `unauthorized` that says what to do. */
  readonly provide: CredentialProvider;
  /** AWS refused them: the next request reads them anew, as after `aws sso login` or a new key. */
  readonly forget: () => void;
}

/**
 * Credentials of one environment: of its profile (or the SDK's usual chain), then of `role_arn` where one is set.
 * @param onSecret is told every secret value, so that no message ever shows it
 */
export function environmentCredentials(
  settings: CredentialSettings,
  onSecret: (secret: string) => void,
): EnvironmentCredentials {
  const base = new Kept(() => baseCredentials(settings), settings.now);
  const { roleArn } = settings;
  const last =
    roleArn === null
      ? base
      : new Kept(
          assumed(settings, roleArn, () => base.get()),
          settings.now,
        );
  return {
    async provide() {
      const { accessKeyId, secretAccessKey, sessionToken } = await last.get();
      onSecret(secretAccessKey);
      if (sessionToken !== undefined) onSecret(sessionToken);
      // Each client keeps what has no expiration for ever; as good as expired, it asks here each time.
      const expiration = new Date();
      return {
        accessKeyId,
        secretAccessKey,
        expiration,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      };
    },
    forget() {
      base.forget();
      last.forget();
    },
  };
}

async function baseCredentials(settings: CredentialSettings): Promise<Credentials> {
  const files = profileFiles(settings.credentialsFile);
  const name = settings.profile ?? process.env.AWS_PROFILE ?? null;
  const profile = name === null ? null : await findProfile(name, files);
  const init = {
    clientConfig: clientConfig(settings),
    filepath: files.credentialsFile,
    configFilepath: files.configFile,
    ignoreCache: true,
  };
  try {
    return await (profile === null
      ? fromNodeProviderChain(init)
      : fromIni({ ...init, profile: profile.name }))();
  } catch (thrown) {
    throw unavailable(thrown, profile);
  }
}

function assumed(
  settings: CredentialSettings,
  roleArn: string,
  base: CredentialProvider,
): CredentialProvider {
  const provider = fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: sessionName() },
    masterCredentials: base,
    clientConfig: clientConfig(settings),
  });
  return async () => {
    try {
      return await provider();
    } catch (thrown) {
      const failure = awsFailure(thrown, 'sts:AssumeRole');
      if (failure.code !== 'forbidden') throw failure;
      throw new Failure(
        'aws',
        'unauthorized',
        `Your credentials may not assume ${roleArn}.`,
        failure.details,
      );
    }
  };
}

function clientConfig(settings: CredentialSettings) {
  return {
    region: settings.region,
    requestHandler: settings.requestHandler,
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
  };
}

function unavailable(thrown: unknown, profile: Profile | null): Failure {
  const failure = awsFailure(thrown, 'sts:AssumeRole');
  if (failure.code !== 'unauthorized') return failure;
  const cure =
    profile === null
      ? 'Name a profile (environments.<name>.aws.profile in oncall.yaml, or AWS_PROFILE) or set AWS_ACCESS_KEY_ID.'
      : profile.sso
        ? `Run: aws sso login --profile ${profile.name}`
        : `Check the profile "${profile.name}".`;
  return new Failure('aws', 'unauthorized', `${failure.message} ${cure}`, failure.details);
}

/** Who it was, for CloudTrail; only characters that a session name may have. */
function sessionName(): string {
  return `oncall-${userInfo().username}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

const EARLY_MS = 5 * MINUTE;

/** Credentials until five minutes before they expire; asked for once however many clients start at the same time. */
class Kept {
  readonly #provide: CredentialProvider;
  readonly #now: () => Instant;
  #pending: Promise<Credentials> | null = null;
  #current: Credentials | null = null;

  constructor(provide: CredentialProvider, now: () => Instant) {
    this.#provide = provide;
    this.#now = now;
  }

  async get(): Promise<Credentials> {
    const ends = this.#current?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    if (this.#current !== null && ends - this.#now() > EARLY_MS) return this.#current;
    this.#pending ??= this.#provide().finally(() => {
      this.#pending = null;
    });
    this.#current = await this.#pending;
    return this.#current;
  }

  forget(): void {
    this.#current = null;
  }
}
