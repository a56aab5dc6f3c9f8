import { afterEach, expect, test } from 'vitest';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { Token } from '../../../src/systems/http/token.ts';
import type { Transport } from '../../../src/systems/http/transport.ts';
import { RegistryClient } from '../../../src/systems/registry/client.ts';
import { likelyNewest, listTags } from '../../../src/systems/registry/tags.ts';
import { json, type Script, scriptedServer } from '../systems/scripted-server.ts';

const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close();
});

function client(url: string, own: { username?: string; secrets?: string[] } = {}): RegistryClient {
  const transport = openTransport();
  transports.push(transport);
  const secrets = own.secrets?.values();
  const next = async () => secrets?.next().value ?? own.secrets?.at(-1) ?? '';
  const token = own.secrets === undefined ? null : new Token(transport, next);
  return new RegistryClient({ transport, token, username: own.username, url, caFile: undefined });
}

const READ = { method: 'GET', path: '/v2/a/blobs/sha256:00', repository: 'a', what: 'it' } as const;

function wants(challenge: string, header: string, then: Script): Script {
  return (request, response, n) => {
    if (request.headers.authorization === header) return then(request, response, n);
    json(response, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }, 401, {
      'www-authenticate': challenge,
    });
  };
}

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

test('Basic: sent once it was asked for, and from then on at once', async () => {
  const script = wants('Basic realm="x"', basic('sam:secret'), (_, response) => json(response, {}));
  await using server = await scriptedServer(script);
  const registry = client(server.url, { username: 'sam', secrets: ['secret'] });
  await registry.read(READ);
  await registry.read(READ);
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    basic('sam:secret'),
    basic('sam:secret'),
  ]);
});

test('a password that changed is got anew, once', async () => {
  const script = wants('Basic realm="x"', basic('sam:new'), (_, response) => json(response, {}));
  await using server = await scriptedServer(script);
  const registry = client(server.url, { username: 'sam', secrets: ['old', 'new'] });
  expect((await registry.read(READ)).answer.status).toBe(200);
  const wrong = client(server.url, { username: 'sam', secrets: ['old', 'older'] });
  await expect(wrong.read(READ)).rejects.toMatchObject({ code: 'unauthorized' });
});

test('anybody gets a token too; one without a name is sent as it is', async () => {
  await using server = await scriptedServer((request, response) => {
    if (request.url.startsWith('/token')) return json(response, { access_token: 'for-anybody' });
    const { authorization } = request.headers;
    if (authorization === 'Bearer for-anybody' || authorization === 'Bearer mine') return json(response, {});
    const realm = `http://${request.headers.host}/token`;
    json(response, {}, 401, {
      'www-authenticate': `Bearer realm="${realm}",service="s",scope="repository:a:pull"`,
    });
  });
  await client(server.url).read(READ);
  expect(server.seen.map(({ url }) => url)).toEqual([
    READ.path,
    '/token?service=s&scope=repository%3Aa%3Apull',
    READ.path,
  ]);
  expect(server.seen[1]?.headers.authorization).toBeUndefined();
  await client(server.url, { secrets: ['mine'] }).read(READ);
  expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer mine');
});

test('no Authorization goes to another host, not even back to the first; what that host asks for is not given', async () => {
  await using storage = await scriptedServer((request, response) => {
    if (request.url === '/refuses') return json(response, {}, 401, { 'www-authenticate': 'Basic realm="x"' });
    const location = request.url === '/back' ? `${registry.url}/v2/end` : undefined;
    if (location !== undefined) return void response.writeHead(307, { location }).end();
    json(response, {});
  });
  const script = wants('Basic realm="x"', basic('sam:secret'), (_, response) => {
    response.writeHead(307, { location: `${storage.url}${target}` }).end();
  });
  let target = '/blob';
  await using registry = await scriptedServer((request, response, n) =>
    request.url === '/v2/end' ? json(response, {}) : script(request, response, n),
  );
  const reader = client(registry.url, { username: 'sam', secrets: ['secret'] });
  expect(await reader.read(READ)).toMatchObject({ elsewhere: true, host: new URL(storage.url).host });
  target = '/back';
  await reader.read(READ);
  expect(registry.seen.at(-1)).toMatchObject({ url: '/v2/end' });
  expect(registry.seen.at(-1)?.headers.authorization).toBeUndefined();
  target = '/refuses';
  await expect(reader.read(READ)).rejects.toMatchObject({ code: 'unauthorized' });
  expect(storage.seen.map(({ headers }) => headers.authorization)).not.toContain(expect.anything());
  expect(storage.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test('a redirect for ever ends', async () => {
  await using server = await scriptedServer((request, response) => {
    response.writeHead(307, { location: request.url }).end();
  });
  await expect(client(server.url).read(READ)).rejects.toMatchObject({ code: 'unreadable' });
});

test('tags: the link’s host is not followed, a registry that ignores `last` ends, an empty one has none', async () => {
  await using server = await scriptedServer((request, response) => {
    const second = request.url.includes('last=');
    if (request.url.startsWith('/v2/empty/')) return json(response, { name: 'empty', tags: null });
    const tags = second && !request.url.startsWith('/v2/deaf/') ? ['1.10.0'] : ['1.9.0', '1.2.0', '-no tag-'];
    const link = `<http://internal.invalid/proxied/tags/list?last=1.2.0&n=2>; rel="next"`;
    json(response, { tags }, 200, second && tags.length === 1 ? {} : { link });
  });
  const registry = client(server.url);
  expect(await listTags(registry, 'a', undefined)).toEqual(['1.9.0', '1.2.0', '1.10.0']);
  expect(server.seen.map(({ url }) => url)).toEqual([
    '/v2/a/tags/list?n=1000',
    '/v2/a/tags/list?last=1.2.0&n=2',
  ]);
  expect(await listTags(registry, 'deaf', undefined)).toEqual(['1.9.0', '1.2.0']);
  expect(await listTags(registry, 'empty', undefined)).toEqual([]);
});

test('versions by their numbers, then the others; signatures are no versions', () => {
  const signature = `sha256-${'0'.repeat(64)}.sig`;
  expect(likelyNewest(['latest', '1.9.0', signature, 'v1.10.0', '1.10.1', 'main'])).toEqual([
    'v1.10.0',
    '1.10.1',
    '1.9.0',
    'main',
    'latest',
  ]);
});
