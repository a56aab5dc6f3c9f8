import * as z from 'zod';
import { DAY, SECOND } from '../../model/instant.ts';
import type { News } from '../../model/ports/notifier.ts';
import { decode } from '../http/decode.ts';
import { channelIds, isChannelId } from './channels.ts';
import type { SlackClient } from './client.ts';
import { SYSTEM } from './failure.ts';

/** What our messages carry beside their text: https://docs.slack.dev/messaging/message-metadata */
export const EVENT_TYPE = 'oncall_change';

/** A channel's messages are looked through so far back, and so many of them. */
const OLDEST = 7 * DAY;
const MESSAGES_A_PAGE = 200;
const MESSAGE_PAGES = 5;

const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      thread_ts: z.string().optional(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).default({}) })
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** A thread of a channel. */
export interface Thread {
  readonly channel: string;
  readonly ts: string;
}

/**
 * Where a change has its thread: one for an incident, else one for the change itself. It is remembered while this
 * process lives, and after that, or where somebody else began it, found by what its messages carry.
 */
export class Threads {
  readonly #client: SlackClient;
  readonly #known = new Map<string, Thread>();

  constructor(client: SlackClient) {
    this.#client = client;
  }

  /** null: there is none yet. */
  async of(channel: string, news: News, signal: AbortSignal): Promise<Thread | null> {
    const known = this.#known.get(keyOf(channel, news));
    if (known !== undefined) return known;
    // Nobody can have told of a change that has only begun, but of its incident.
    if (news.incident === null && news.stage === 'begun') return null;
    const id = await this.#idOf(channel, signal);
    const found = id === null ? null : await this.#find(id, news, signal);
    if (found !== null) this.#known.set(keyOf(channel, news), found);
    return found;
  }

  learn(channel: string, news: News, thread: Thread): void {
    this.#known.set(keyOf(channel, news), thread);
  }

  async #find(channel: string, news: News, signal: AbortSignal): Promise<Thread | null> {
    let next: string | undefined;
    for (let page = 0; page < MESSAGE_PAGES; page += 1) {
      const asked = {
        channel,
        oldest: String((news.at - OLDEST) / SECOND),
        include_all_metadata: true,
        limit: MESSAGES_A_PAGE,
        cursor: next,
      };
      const answer = await this.#client.read('conversations.history', asked, signal);
      const { messages, response_metadata } = decode(SYSTEM, 'messages', history, answer);
      const ours = messages.find(
        ({ metadata }) => metadata?.event_type === EVENT_TYPE && isOf(metadata.event_payload, news),
      );
      if (ours !== undefined) return { channel, ts: ours.thread_ts ?? ours.ts };
      next = response_metadata?.next_cursor;
      if (next === undefined || next === '') return null;
    }
    return null;
  }

  /** A channel's history is asked for by its id alone; null: no public channel has that name. */
  async #idOf(channel: string, signal: AbortSignal): Promise<string | null> {
    if (isChannelId(channel)) return channel;
    return (await channelIds(this.#client, [channel], signal)).get(channel) ?? null;
  }
}

function isOf(payload: Readonly<Record<string, unknown>>, { incident, intent }: News): boolean {
  return incident === null ? payload.intent === intent : payload.incident === incident;
}

function keyOf(channel: string, { incident, intent }: News): string {
  return `${channel} ${incident ?? intent}`;
}
