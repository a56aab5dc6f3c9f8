import { CloudWatchClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { inParallel } from '../../parallel.ts';
import { isLasting, read } from '../call.ts';
import type { AwsClients } from '../clients.ts';

export type Tags = Readonly<Record<string, string>>;

/** There is no call for the tags of several alarms: each is asked for once, and few at one reading. */
const MOST_AT_ONCE = 10;
const AT_ONCE = 3;
const MOST_KEPT = 1_000;

/** Tags of alarms that nothing else ties to a service, remembered by ARN. Empty where we may not read them. */
export class AlarmTags {
  readonly #clients: AwsClients;
  readonly #known = new Map<string, Tags>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async of(
    environment: string,
    arns: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<(arn: string) => Tags> {
    const unknown = arns.filter((arn) => !this.#known.has(arn)).slice(0, MOST_AT_ONCE);
    if (this.#known.size > MOST_KEPT) this.#known.clear();
    await inParallel(unknown, AT_ONCE, async (arn) => {
      this.#known.set(arn, await this.#read(environment, arn, signal));
    });
    return (arn) => this.#known.get(arn) ?? {};
  }

  async #read(environment: string, arn: string, signal: AbortSignal | undefined): Promise<Tags> {
    const client = this.#clients.client(environment, 'watch', CloudWatchClient);
    try {
      const answer = await read('cloudwatch:ListTagsForResource', signal, (options) =>
        client.send(new ListTagsForResourceCommand({ ResourceARN: arn }), options),
      );
      return Object.fromEntries((answer.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    } catch (thrown) {
      if (isLasting(thrown)) return {};
      throw thrown;
    }
  }
}
