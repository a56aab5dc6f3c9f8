import * as z from 'zod';
import { SECOND } from '../../model/instant.ts';
import type { News, Notifier } from '../../model/ports/notifier.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SlackClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { messageText } from './text.ts';
import { EVENT_TYPE, type Thread, Threads } from './threads.ts';
import { Turns } from './turns.ts';

/** The message matters more than its thread: after this it goes without one. */
const LONGEST_SEARCH = 6 * SECOND;

const posted = z.object({ channel: z.string(), ts: z.string() });

/**
 * Messages in the squad's channel, as a change begins and as it ends, in one thread for an incident:
 * `chat.postMessage`, https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function openSlack(deps: AdapterDeps): Notifier {
  const client = new SlackClient(deps);
  const threads = new Threads(client);
  const turns = new Turns();

  /** null where none is found, or none can be: without the scopes to read, each message stands alone. */
  async function threadOf(channel: string, news: News, signal?: AbortSignal): Promise<Thread | null> {
    const timeout = AbortSignal.timeout(LONGEST_SEARCH);
    const soon = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    return threads.of(channel, news, soon).catch(() => null);
  }

  return {
    name: 'Slack message',
    system: SYSTEM,
    takes: (news) => news.channel !== null,
    async tell(news, signal) {
      const { channel } = news;
      if (channel === null) return;
      await turns.take(
        channel,
        async () => {
          const thread = await threadOf(channel, news, signal);
          const answer = await client.write('chat.postMessage', message(channel, thread, news), signal);
          const { channel: id, ts } = decode(SYSTEM, 'a message', posted, answer);
          threads.learn(channel, news, thread ?? { channel: id, ts });
        },
        signal,
      );
    },
  };
}

function message(channel: string, thread: Thread | null, news: News): Readonly<Record<string, unknown>> {
  const { intent, incident, stage, action, service, environment } = news;
  const payload = { intent, stage, action, service: service.name, environment };
  return {
    channel: thread?.channel ?? channel,
    ...(thread === null ? {} : { thread_ts: thread.ts }),
    text: messageText(news),
    // As it is written: no names become mentions, no marks become formatting, no link is fetched.
    parse: 'none',
    link_names: false,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: {
      event_type: EVENT_TYPE,
      event_payload: incident === null ? payload : { ...payload, incident },
    },
  };
}
