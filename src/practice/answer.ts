import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { errorBody, type Fault } from './faults.ts';
import type { PracticeAnswer, PracticeRequest } from './servers/server.ts';

const PROXY_PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Corporate proxy</body></html>';
const DRIP_MS = 200;

/** Sends an answer, whole or spoilt by a fault; ends early when the client goes away. */
export async function send(
  response: ServerResponse,
  answer: PracticeAnswer,
  fault: Fault | null,
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const { body } = answer;
  if (body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    return fault === null ? stream(response, body) : stream(response, spoil(await collect(body), fault));
  }
  const bytes = Buffer.from(body ?? '');
  if (fault?.fault === 'drip') {
    response.setHeader('Content-Length', bytes.length);
    return stream(response, drip(bytes, fault.ms ?? DRIP_MS));
  }
  if (fault?.fault === 'endless') return stream(response, endless(bytes));
  const sent = fault?.fault === 'truncate' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', sent.length);
  response.end(sent);
}

/** The answer that a fault gives in the system's place; null: the system handles the request itself. */
export function answerInstead(
  request: PracticeRequest,
  system: string,
  fault: Fault | null,
): PracticeAnswer | null {
  if (fault?.fault === 'garbage') {
    return { status: 200, headers: { 'Content-Type': 'text/html', ...fault.headers }, body: PROXY_PAGE };
  }
  if (fault?.fault !== 'status') return null;
  const status = fault.status ?? 500;
  const { type, body } = errorBody(system, status, 'x-amz-target' in request.headers);
  return { status, headers: { 'Content-Type': type, ...fault.headers }, body };
}

async function stream(response: ServerResponse, pieces: AsyncIterable<string | Buffer>): Promise<void> {
  // Headers go at once: a client that follows a stream must know that it has begun.
  response.flushHeaders();
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function* spoil(bytes: Buffer, fault: Fault): AsyncIterable<Buffer> {
  if (fault.fault === 'drip') yield* drip(bytes, fault.ms ?? DRIP_MS);
  else yield fault.fault === 'truncate' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
}

async function* drip(bytes: Buffer, ms: number): AsyncIterable<Buffer> {
  for (let index = 0; index < bytes.length; index++) {
    yield bytes.subarray(index, index + 1);
    await pause(ms, undefined, { ref: false });
  }
}

/** Nobody who reads it to its end gets there. */
async function* endless(begin: Buffer): AsyncIterable<Buffer> {
  yield begin;
  const more = Buffer.alloc(65_536, ' ');
  for (;;) yield more;
}

async function collect(pieces: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}
