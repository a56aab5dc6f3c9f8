import * as z from 'zod';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { channelIds, isChannelId } from './channels.ts';
import { SlackClient } from './client.ts';
import { SYSTEM } from './failure.ts';

/** `scopes`: of the `x-oauth-scopes` header, https://docs.slack.dev/authentication/installing-with-oauth */
const tested = z.object({
  user: z.string().nullish(),
  team: z.string().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Whose token it is, what it may not do, and whether the squads' channels are there. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = new SlackClient(deps);
  const channels = deps.loaded.catalog.squads.flatMap(({ slackChannel }) => slackChannel ?? []);
  const names = [...new Set(channels.filter((channel) => !isChannelId(channel)))];
  return {
    system: SYSTEM,
    async check(signal) {
      const answer = decode(SYSTEM, 'a test', tested, await client.read('auth.test', {}, signal));
      const missing = lacking(answer.response_metadata?.scopes, names.length > 0);
      const mayList = names.length > 0 && missing.length === 0;
      return {
        identity: safeText([answer.user, answer.team].filter(Boolean).join(' in ')),
        missing,
        now: null,
        budget: null,
        trouble: mayList ? await lost(client, names, signal) : null,
      };
    },
  };
}

function lacking(scopes: readonly string[] | undefined, byName: boolean): readonly string[] {
  if (scopes === undefined) return [];
  const mayRead = scopes.includes('channels:history') || scopes.includes('groups:history');
  return [
    ...(scopes.includes('chat:write') ? [] : ['chat:write']),
    ...(mayRead ? [] : ['channels:history']),
    ...(byName && !scopes.includes('channels:read') ? ['channels:read'] : []),
  ];
}

async function lost(
  client: SlackClient,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Trouble | null> {
  const found = await channelIds(client, names, signal);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length === 0) return null;
  return {
    text: `It sees no channel ${missing.join(', ')}.`,
    fix: 'correct squads[].slack_channel; name a private channel by its id',
  };
}
