import type { IncomingHttpHeaders, Server } from 'node:http';
import type { PracticeService, WorldState } from '../world/state.ts';
import type { World } from '../world/world.ts';

/** One wire protocol of the practice world. `host.ts` gives every one its port, faults, request log and `Date`. */
export interface PracticeServer {
  /** As in the config and in `control`: pagerduty, splunk, aws, docker. */
  readonly system: string;
  /** Names the operation of a request before it is handled: `ExecuteChangeSet`, or `PUT /incidents`. */
  identify(request: PracticeRequest): Operation;
  handle(request: PracticeRequest, world: World): Promise<PracticeAnswer> | PracticeAnswer;
  /** What leads to it; missing: nothing of its own. */
  setup?(state: WorldState, place: SetupPlace): Setup;
}

export interface SetupPlace {
  /** Base URL without a slash at the end. */
  readonly url: string;
  /** `ca_file` where it speaks TLS, to be put beside the URL. */
  readonly authority: { readonly ca_file?: string };
}

/** A server's part of the practice configuration. */
export interface Setup {
  /** Its keys under `systems`. */
  readonly systems?: Readonly<Record<string, object>>;
  /** Keys of every environment. */
  readonly environment?: object;
  /** Keys of a service. */
  readonly service?: (service: PracticeService) => object;
  /** Files beside the configuration, mode 0600: content by relative path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface PracticeRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Base URL under which it was asked, without a slash at the end. */
  readonly origin: string;
  /** For per-instance servers (docker): the instance's id. */
  readonly instance: string | null;
}

export interface Operation {
  readonly name: string;
  readonly mutation: boolean;
}

export interface PracticeAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  /** An iterable is streamed piece by piece. */
  readonly body?: string | Buffer | AsyncIterable<string | Buffer>;
}

export interface RunningServer {
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}
