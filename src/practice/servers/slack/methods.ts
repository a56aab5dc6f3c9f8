import { SECRETS } from '../../secrets.ts';
import { YOU } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import { SlackRefusal } from './answer.ts';
import { type Channel, type Message, ONCALL_BOT, type Workspace } from './workspace.ts';

/** What a method needs to answer one request. */
export interface Call {
  readonly world: World;
  readonly workspace: Workspace;
  readonly args: URLSearchParams;
  /** Refuses a further message in the channel within the second. */
  pace(channel: Channel): void;
}

interface Method {
  /** null: any token will do. */
  readonly scope: string | null;
  readonly mutation: boolean;
  answer(call: Call): object;
}

const SCOPES: Readonly<Record<string, readonly string[]>> = {
  [SECRETS.slack.token]: ['chat:write', 'chat:write.public', 'channels:read', 'channels:history'],
  [SECRETS.slack.writeOnly]: ['chat:write'],
};
const MOST = 999;

/** null: no token of this workspace. */
export function scopesOf(token: string | undefined): readonly string[] | null {
  return SCOPES[token ?? ''] ?? null;
}

/** By their names: https://docs.slack.dev/reference/methods */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': {
    scope: null,
    mutation: false,
    answer: () => ({
      url: 'https://harbour.slack.example/',
      team: 'Harbour',
      user: 'oncall',
      user_id: `U${YOU}`,
      bot_id: ONCALL_BOT,
    }),
  },

  'chat.postMessage': {
    scope: 'chat:write',
    mutation: true,
    answer(call) {
      const { args, world, workspace } = call;
      const channel = channelOf(call);
      const text = args.get('text') ?? '';
      if (text === '') throw new SlackRefusal('no_text');
      if (text.length > 40_000) throw new SlackRefusal('msg_too_long');
      const metadata = metadataOf(args.get('metadata'));
      call.pace(channel);
      const thread = args.get('thread_ts');
      const message = workspace.post(channel, world.now(), {
        text,
        ...(thread === null ? {} : { thread_ts: thread }),
        ...(metadata === null ? {} : { metadata }),
      });
      return { channel: channel.id, ts: message.ts, message };
    },
  },

  'conversations.list': {
    scope: 'channels:read',
    mutation: false,
    answer: ({ workspace, args }) =>
      paged(
        'channels',
        workspace.channels.map(({ id, name }) => ({ id, name, is_channel: true })),
        args,
      ),
  },

  /** Newest first, and of a thread its first message alone. */
  'conversations.history': {
    scope: 'channels:history',
    mutation: false,
    answer(call) {
      const oldest = Number(call.args.get('oldest') ?? 0);
      const found = idOf(call)
        .messages.filter(
          ({ ts, thread_ts }) => Number(ts) >= oldest && (thread_ts === undefined || thread_ts === ts),
        )
        .toReversed();
      return paged('messages', found.map(shown(call.args)), call.args);
    },
  },

  /** A thread, oldest first. */
  'conversations.replies': {
    scope: 'channels:history',
    mutation: false,
    answer(call) {
      const first = call.args.get('ts');
      const found = idOf(call).messages.filter(({ ts, thread_ts }) => ts === first || thread_ts === first);
      if (found.length === 0) throw new SlackRefusal('thread_not_found');
      return paged('messages', found.map(shown(call.args)), call.args);
    },
  },
};

function channelOf({ workspace, args }: Call): Channel {
  const channel = workspace.find(args.get('channel') ?? '');
  if (channel === null) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** Reading takes an id alone. */
function idOf(call: Call): Channel {
  const channel = channelOf(call);
  if (channel.id !== call.args.get('channel')) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** A message's own type of metadata is always told, its payload where it is asked for. */
function shown(args: URLSearchParams): (message: Message) => object {
  if (args.get('include_all_metadata') === 'true') return (message) => message;
  return ({ metadata, ...message }) =>
    metadata === undefined ? message : { ...message, metadata: { event_type: metadata.event_type } };
}

function paged(name: string, all: readonly object[], args: URLSearchParams): object {
  const limit = Math.min(MOST, Number(args.get('limit') ?? 100) || 100);
  const from = Number(Buffer.from(args.get('cursor') ?? '', 'base64').toString() || 0);
  const more = from + limit < all.length;
  const next = more ? Buffer.from(String(from + limit)).toString('base64') : '';
  return {
    [name]: all.slice(from, from + limit),
    has_more: more,
    response_metadata: { next_cursor: next },
  };
}

function metadataOf(text: string | null): { event_type: string; event_payload: object } | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'event_type' in value && 'event_payload' in value) {
    const { event_type, event_payload } = value;
    const isFull = typeof event_payload === 'object' && event_payload !== null;
    if (typeof event_type === 'string' && isFull && !Object.values(event_payload).includes(null)) {
      return { event_type, event_payload };
    }
  }
  throw new SlackRefusal('invalid_metadata_format');
}
