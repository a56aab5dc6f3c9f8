import { userInfo } from 'node:os';
import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { Failure } from '../../model/failure.ts';
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
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialProvider = () => Promise<Credentials>;

/**
 * Credentials of one environment: of its profile (or the SDK's usual chain), then of `role_arn` where one is set.
 * The provider throws a Failure `unauthorized` that says what to do.
 * @param onSecret is told every secret value, so that no message ever shows it
 */
export function credentialProvider(
  settings: CredentialSettings,
  onSecret: (secret: string) => void,
): CredentialProvider {
  const base = memoized(() => baseCredentials(settings));
  const roleArn = settings.roleArn;
  const provide = roleArn === null ? base : memoized(assumed(settings, roleArn, base));
  return async () => {
    const credentials = await provide();
    onSecret(credentials.secretAccessKey);
    if (credentials.sessionToken !== undefined) onSecret(credentials.sessionToken);
    return credentials;
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

/** Kept until five minutes before they expire; asked once however many clients start at the same time. */
const EARLY_MS = 5 * 60_000;

function memoized(provide: CredentialProvider): CredentialProvider {
  let pending: Promise<Credentials> | null = null;
  let current: Credentials | null = null;
  return async () => {
    if (current !== null && !endsSoon(current)) return current;
    pending ??= provide().finally(() => {
      pending = null;
    });
    current = await pending;
    return current;
  };
}

function endsSoon(credentials: Credentials): boolean {
  return credentials.expiration !== undefined && credentials.expiration.getTime() - Date.now() < EARLY_MS;
}
