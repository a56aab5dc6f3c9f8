import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Certificates, makeCertificates } from '../../../src/practice/tls.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { json, scriptedServer } from './scripted-server.ts';

let folder: string;
let caFile: string;
let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates();
  folder = await mkdtemp(join(tmpdir(), 'oncall-tls-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.authority);
});
afterAll(() => rm(folder, { recursive: true }));

const question = { system: 'splunk', method: 'GET' } as const;

test('a certificate of an authority that the config names is trusted, and no other', async () => {
  await using server = await scriptedServer((_request, response) => json(response, {}), certificates);
  const transport = openTransport();
  expect((await transport.request({ ...question, url: server.url, caFile })).status).toBe(200);
  const failure = await transport.request({ ...question, url: server.url }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'tls',
    mayHaveHappened: false,
    message: expect.stringMatching(/certificate authority is not trusted here.*ca_file/),
  });
  expect(server.seen).toHaveLength(1);
  await transport.close();
});

test('a system that does not speak TLS is said to', async () => {
  await using server = await scriptedServer((_request, response) => json(response, {}));
  const transport = openTransport();
  await expect(
    transport.request({ ...question, url: server.url.replace('http:', 'https:') }),
  ).rejects.toMatchObject({ code: 'tls' });
  await transport.close();
});

test('a missing ca_file names the file', async () => {
  const transport = openTransport();
  const missing = join(folder, 'none.pem');
  await expect(
    transport.request({ ...question, url: 'https://127.0.0.1:1', caFile: missing }),
  ).rejects.toMatchObject({ code: 'not_configured', message: expect.stringContaining(missing) });
  await transport.close();
});

test('through the proxy of the config, but to loopback: the certificate must be the system’s own', async () => {
  await using server = await scriptedServer((_request, response) => json(response, {}), certificates);
  const { proxy, tunnels } = await tunnel(Number(new URL(server.url).port));
  const transport = openTransport({ proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  await expect(
    transport.request({ ...question, url: 'https://splunk.example:8089/services', caFile }),
  ).rejects.toMatchObject({ code: 'tls', message: expect.stringContaining('for another host name') });
  expect(tunnels).toEqual(['splunk.example:8089']);
  expect((await transport.request({ ...question, url: server.url, caFile })).status).toBe(200);
  expect(tunnels).toHaveLength(1);
  await transport.close();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

/** A proxy that leads every tunnel to one port of loopback. */
async function tunnel(port: number): Promise<{ readonly proxy: Server; readonly tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, near) => {
    tunnels.push(request.url ?? '');
    const far = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(near).pipe(far);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { proxy, tunnels };
}
