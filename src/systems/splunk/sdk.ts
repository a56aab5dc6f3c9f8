import type { Job } from 'splunk-sdk/lib/service.js';
import { SECOND } from '../../model/instant.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import type { Transport, TransportRequest } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';

export type { Job };
export type SplunkService = InstanceType<Awaited<ReturnType<typeof loadSdk>>['Service']>;

const CANCEL_DEADLINE_MS = 3 * SECOND;

/** What the SDK's requests are sent with; the SDK itself knows no abort, no retry and no time-out that aborts. */
export interface CallOptions {
  readonly transport: Transport;
  /** Without a slash at the end; may have a path, which the SDK would leave out. */
  readonly base: string;
  readonly caFile: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The SDK without its index.js, which would read `.env` of the current folder into the environment and load an HTTP
 * client that checks no certificates. Its logger sets LOG_LEVEL when loaded: that is taken back.
 */
export async function loadSdk() {
  const level = process.env.LOG_LEVEL;
  const [{ default: Http }, { default: Service }] = await Promise.all([
    import('splunk-sdk/lib/http.js'),
    import('splunk-sdk/lib/service.js'),
  ]);
  if (level === undefined) delete process.env.LOG_LEVEL;
  else process.env.LOG_LEVEL = level;
  return { Http, Service };
}

/** A job by its search ID, without asking for it. */
export async function jobOf(service: SplunkService, sid: string): Promise<Job> {
  const { Service } = await loadSdk();
  return new Service.Job(service, sid, null);
}

/** The SDK's HTTP on our transport. Its own way to build answers prints splunkd's messages: it is not used. */
export function makeRequest(options: CallOptions) {
  return async (url: string, message: SdkMessage): Promise<SdkResponse> => {
    const { pathname, search } = new URL(url);
    const answer = await options.transport.request({
      system: SYSTEM,
      method: message.method,
      url: `${options.base}${pathname}${search}`,
      headers: message.headers,
      ...(message.method === 'GET' ? {} : { body: message.body }),
      // Splunk's POSTs here make, read and end searches of our own: nothing of anybody's changes.
      mutation: false,
      ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
      ...manners(pathname, options.signal),
    });
    const text = answer.body.toString('utf8');
    const data =
      text === ''
        ? {}
        : answer.status < 400
          ? parseAnswer(options.transport, SYSTEM, url, text)
          : lenientJson(text);
    return { status: answer.status, data, response: { headers: {} } };
  };
}

function manners(pathname: string, signal: AbortSignal | undefined): Partial<TransportRequest> {
  // Ends a job also when the caller has given up, hence without its signal.
  if (pathname.endsWith('/control')) return { retries: 1, deadlineMs: CANCEL_DEADLINE_MS };
  // An answer that was lost on the way has left a job behind: making one is not tried again by itself.
  const retries = /\/jobs\/?$/.test(pathname) ? { retries: 0 } : {};
  return signal === undefined ? retries : { ...retries, signal };
}
