import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { read } from './call.ts';
import type { AwsClients, Purpose } from './clients.ts';
import { decodeEvent, type HistoryEvent } from './stack-events.ts';

/** A stack keeps about 90 days; beyond this many pages we stop asking. */
const MAX_PAGES = 100;
/** For each stack; an update of an immutable group has 20 to 40. */
const MAX_KEPT = 3_000;

/**
 * Events of stacks, read incrementally: what was read once is kept, so that a poll costs one page however long the
 * history is. Events are never changed afterwards; the newest come first and pages go on by NextToken only.
 */
export class StackHistory {
  readonly #clients: AwsClients;
  readonly #purpose: Purpose;
  readonly #kept = new Map<string, { events: readonly HistoryEvent[]; whole: boolean }>();

  constructor(clients: AwsClients, purpose: Purpose) {
    this.#clients = clients;
    this.#purpose = purpose;
  }

  /**
   * Newest first, without a gap, at least until `enough` is satisfied or the stack remembers no more.
   * @param stack name, or id: after a stack of that name was replaced, the id tells which
   */
  async events(
    environment: string,
    stack: string,
    enough: (events: readonly HistoryEvent[]) => boolean,
    signal?: AbortSignal,
  ): Promise<readonly HistoryEvent[]> {
    const key = `${environment} ${stack}`;
    const kept = this.#kept.get(key);
    const usable = kept !== undefined && (kept.whole || enough(kept.events)) ? kept : undefined;
    const known = new Set(usable?.events.map((event) => event.id));
    const fresh = new Map<string, HistoryEvent>();
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.#page(environment, stack, token, signal);
      for (const event of answer.events) {
        if (known.has(event.id))
          return this.#keep(key, [...fresh.values(), ...(usable?.events ?? [])], true, usable);
        fresh.set(event.id, event);
      }
      token = answer.next;
      const events = [...fresh.values()];
      if (token === undefined) return this.#keep(key, events, true, undefined);
      if (enough(events)) return this.#keep(key, events, false, undefined);
    }
    return this.#keep(key, [...fresh.values()], false, undefined);
  }

  #keep(
    key: string,
    events: readonly HistoryEvent[],
    whole: boolean,
    before: { whole: boolean } | undefined,
  ): readonly HistoryEvent[] {
    const fits = events.length <= MAX_KEPT;
    this.#kept.set(key, {
      events: fits ? events : events.slice(0, MAX_KEPT),
      whole: fits && whole && (before?.whole ?? true),
    });
    return events;
  }

  async #page(
    environment: string,
    stack: string,
    token: string | undefined,
    signal: AbortSignal | undefined,
  ) {
    const client = this.#clients.client(environment, this.#purpose, CloudFormationClient);
    const answer = await read('cloudformation:DescribeStackEvents', signal, (options) =>
      client.send(
        new DescribeStackEventsCommand({
          StackName: stack,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
        options,
      ),
    );
    const events = (answer.StackEvents ?? []).flatMap((event) => decodeEvent(event) ?? []);
    return { events, next: answer.NextToken };
  }
}
