import * as z from 'zod';
import type { LogSource } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { decode, textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient, type SplunkClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { ago, runJob } from './job.ts';
import { newestSpl } from './spl.ts';

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTaccess (authentication/current-context) */
const context = z.object({
  entry: z
    .array(
      z.object({
        content: z.object({ username: textSchema, capabilities: z.array(z.string()).default([]) }),
      }),
    )
    .min(1),
});

/** Who searches, whether they may, and whether Splunk runs one more search now: of one line, over one minute. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = openClient(deps);
  const { config, catalog } = deps.loaded;
  const username = config.systems.splunk?.username;
  const source = catalog.services.find(({ logs }) => logs !== null)?.logs ?? null;
  return {
    system: SYSTEM,
    async check(signal) {
      const answer = await client.call(
        (service) => service.get('authentication/current-context', {}),
        signal,
      );
      const [me] = decode(SYSTEM, 'who asks', context, answer.data).entry;
      const mayNot = me?.content.capabilities.includes('search') !== true;
      const trouble =
        mayNot || source === null
          ? null
          : await searching(client, source, catalog.defaultEnvironment, signal);
      return {
        identity: me?.content.username ?? null,
        missing: mayNot ? ['search'] : [],
        now: null,
        budget: null,
        trouble,
      };
    },
    cure(failure) {
      if (failure.code !== 'unauthorized') return null;
      if (username === undefined) return 'put a valid token where systems.splunk.token says; they expire';
      return 'check systems.splunk.username, and its password where systems.splunk.token says';
    },
  };
}

async function searching(
  client: SplunkClient,
  source: LogSource,
  environment: string,
  signal: AbortSignal | undefined,
): Promise<Trouble | null> {
  try {
    const spl = newestSpl(source, environment, 1);
    const event = { earliest: ago(MINUTE), latest: 'now' };
    await runJob(client, { spl, event, indexed: null, maxRows: 1 }, signal);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    if (thrown.code === 'rate_limited') {
      return {
        text: thrown.message,
        fix: 'end searches of yours in Splunk (Activity > Jobs), or ask for a larger quota',
      };
    }
    if (thrown.code === 'forbidden' || thrown.code === 'invalid') {
      return { text: thrown.message, fix: 'let the role search the index that services.<name>.logs names' };
    }
    throw thrown;
  }
}
