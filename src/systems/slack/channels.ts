import * as z from 'zod';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { SlackClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const A_PAGE = 1_000;
const PAGES = 10;

const channelList = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Whether a channel is named by its id, which the config may do. */
export function isChannelId(channel: string): boolean {
  return /^[CG][A-Z0-9]{8,}$/.test(channel);
}

/** Ids of public channels by their names (with or without `#`); one that is not found is left out. */
export async function channelIds(
  client: SlackClient,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const channels of channelPages(client, signal)) {
    for (const name of names) {
      const channel = channels.find((one) => one.name === name.replace(/^#/, ''));
      if (channel !== undefined) found.set(name, channel.id);
    }
    if (found.size >= names.length) break;
  }
  return found;
}

/** Names of the public channels, with their `#`. */
export async function channelNames(client: SlackClient, signal?: AbortSignal): Promise<readonly SafeText[]> {
  const names: SafeText[] = [];
  for await (const channels of channelPages(client, signal))
    names.push(...channels.map(({ name }) => safeText(`#${name}`)));
  return names;
}

async function* channelPages(
  client: SlackClient,
  signal: AbortSignal | undefined,
): AsyncGenerator<z.output<typeof channelList>['channels']> {
  let next: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const asked = { types: 'public_channel', exclude_archived: true, limit: A_PAGE, cursor: next };
    const answer = await client.read('conversations.list', asked, signal);
    const { channels, response_metadata } = decode(SYSTEM, 'channels', channelList, answer);
    yield channels;
    next = response_metadata?.next_cursor;
    if (next === undefined || next === '') return;
  }
}
