import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import type { Transport, TransportRequest } from '../../../src/systems/http/transport.ts';
import { scriptedServer } from './scripted-server.ts';

let transport: Transport;
beforeEach(() => {
  transport = openTransport();
});
afterEach(() => transport.close());

function open(url: string, more: Partial<TransportRequest> = {}) {
  return transport.stream({ system: 'aws', method: 'POST', url, body: 'ask', ...more });
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('the head comes at once, the body as it is written', async () => {
  let writing: ServerResponse | undefined;
  await using server = await scriptedServer((_request, response) => {
    writing = response;
    response.writeHead(200, { 'content-type': 'text/plain' }).write('one ');
  });
  // The deadline is for the head: the body may take longer.
  const { status, headers, body } = await open(server.url, { deadlineMs: 200 });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain');
  setTimeout(() => writing?.end('two'), 300);
  expect(await textOf(body)).toBe('one two');
  expect(transport.requestCount('aws')).toBe(1);
  expect(transport.health()).toMatchObject([{ name: 'aws', ok: true }]);
});

test('a head that does not come is a timeout', async () => {
  await using server = await scriptedServer(() => undefined);
  await expect(open(server.url, { deadlineMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
  expect(transport.health()).toMatchObject([{ name: 'aws', ok: false }]);
});

test('an answer that breaks off is a reset', async () => {
  await using server = await scriptedServer((_request, response) => {
    response.writeHead(200).write('one ');
    setTimeout(() => response.destroy(), 20);
  });
  const { body } = await open(server.url);
  await expect(textOf(body)).rejects.toMatchObject({ name: 'Failure', code: 'reset' });
});

test('whoever gives up ends the connection', async () => {
  const closed = vi.fn();
  await using server = await scriptedServer((_request, response) => {
    response.on('close', closed);
    response.writeHead(200).write('one ');
  });
  const end = new AbortController();
  const { body } = await open(server.url, { signal: end.signal });
  const reading = textOf(body);
  end.abort();
  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
});

test('one who had given up before sends nothing', async () => {
  await using server = await scriptedServer((_request, response) => response.end());
  await expect(open(server.url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  expect(server.seen).toEqual([]);
});

test('nobody there is refused', async () => {
  const server = await scriptedServer((_request, response) => response.end());
  const { url } = server;
  await server[Symbol.asyncDispose]();
  await expect(open(url)).rejects.toMatchObject({ code: 'refused' });
});
