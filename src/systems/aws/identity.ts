import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../../model/failure.ts';
import { localNow, MINUTE } from '../../model/instant.ts';
import { safeText } from '../../model/safe-text.ts';
import type { CloudIdentity } from '../../model/stack.ts';
import { read } from './call.ts';
import type { AwsClients } from './clients.ts';

const KEEP_MS = 5 * MINUTE;

/** Who we are in each environment, asked at most every five minutes. */
export class Identities {
  readonly #clients: AwsClients;
  readonly #known = new Map<string, { identity: CloudIdentity; at: number }>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async of(environment: string, signal: AbortSignal | undefined): Promise<CloudIdentity> {
    const known = this.#known.get(environment);
    if (known !== undefined && localNow() - known.at < KEEP_MS) return known.identity;
    const client = this.#clients.client(environment, 'act', STSClient);
    const answer = await read('sts:GetCallerIdentity', signal, (options) =>
      client.send(new GetCallerIdentityCommand({}), options),
    );
    if (answer.Account === undefined || answer.Arn === undefined) {
      throw new Failure('aws', 'unreadable', 'The answer to sts:GetCallerIdentity names no account.');
    }
    const { region } = this.#clients.environment(environment);
    const identity = { account: safeText(answer.Account), arn: safeText(answer.Arn), region };
    this.#known.set(environment, { identity, at: localNow() });
    return identity;
  }

  /** Throws a Failure `forbidden` where the credentials belong to another account than the config names. */
  async mayAct(environment: string, signal: AbortSignal | undefined): Promise<void> {
    const { account } = this.#clients.environment(environment);
    if (account === null) return;
    const identity = await this.of(environment, signal);
    if (identity.account === account) return;
    throw new Failure(
      'aws',
      'forbidden',
      `These credentials belong to account ${identity.account}, but ${environment} is account ${account}: nothing was sent.`,
    );
  }
}
