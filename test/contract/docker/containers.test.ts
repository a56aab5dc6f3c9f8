import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Engine } from '../../../src/systems/docker/engine.ts';
import { practised } from '../aws/practised.ts';

test('the five containers of an instance, as its engine tells them', async () => {
  const { systems, service, world } = await practised();
  const [group] = await (await systems.fleet()).groups('prod', [service('charge-central')]);
  const containers = await systems.containers();
  const read = await Promise.all(group?.instances.map((one) => containers.containers('prod', one)) ?? []);
  expect(read).toHaveLength(3);
  for (const [index, instance] of (group?.instances ?? []).entries()) {
    const told = world.state.containers.filter((one) => one.instance === instance.id);
    expect(
      read[index]?.map(({ name, image, imageDigest, state, health, restarts }) => ({
        name,
        image,
        imageDigest,
        state,
        health,
        restarts,
      })),
    ).toEqual(
      told.map(({ name, image, imageDigest, state, health, restarts }) => ({
        name,
        image,
        imageDigest,
        state,
        health,
        restarts,
      })),
    );
  }
  const all = read.flat();
  expect(all).toHaveLength(15);
  expect(all.filter(({ health }) => health === 'unhealthy')).not.toEqual([]);
  expect(systems.health().find(({ name }) => name === 'docker')).toMatchObject({ ok: true });
});

test('an instance whose engine is gone is a Failure of its own; others are read', async () => {
  const { systems, service } = await practised();
  const [group] = await (await systems.fleet()).groups('prod', [service('charge-central')]);
  const [instance] = group?.instances ?? [];
  if (instance === undefined) throw new Error('no instance');
  const containers = await systems.containers();
  const gone = { ...instance, id: 'i-0gone' as typeof instance.id };
  await expect(containers.containers('prod', gone)).rejects.toMatchObject({
    system: 'docker',
    code: 'refused',
  });
  expect(await containers.containers('prod', instance)).toHaveLength(5);
});

test('an id that would lead to another path is refused', async () => {
  const { systems, service } = await practised();
  const [group] = await (await systems.fleet()).groups('prod', [service('charge-central')]);
  const [instance] = group?.instances ?? [];
  if (instance === undefined) throw new Error('no instance');
  const elsewhere = { ...instance, id: '../../var/run/docker' as typeof instance.id };
  await expect((await systems.containers()).containers('prod', elsewhere)).rejects.toMatchObject({
    code: 'invalid',
  });
});

let folder: string;
let close: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  close = async () => undefined;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await close();
  await rm(folder, { recursive: true });
});

/** An engine behind a socket that answers as it is told. */
async function scripted(answer: RequestListener): Promise<Engine> {
  const server = createServer(answer);
  const path = join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const engine = new Engine(path);
  close = async () => {
    engine.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return engine;
}

test.each([
  [
    'an error of Docker',
    (status: number) => [status, '{"message":"out of \\u001b[2Jdisk"}'] as const,
    500,
    'server_error',
  ],
  [
    'something else than JSON',
    (status: number) => [status, '<html>proxy</html>'] as const,
    200,
    'unreadable',
  ],
  ['another shape', (status: number) => [status, '{"Id":"x"}'] as const, 200, 'unreadable'],
])('%s is a Failure', async (_, body, status, code) => {
  const engine = await scripted((_, response) => {
    const [answerStatus, text] = body(status);
    response.writeHead(answerStatus).end(text);
  });
  await expect(engine.containers(AbortSignal.timeout(5_000))).rejects.toMatchObject({
    system: 'docker',
    code,
  });
});

test('an answer that is cut off is a reset, not a wait without end', async () => {
  const engine = await scripted((_, response) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('[{"Id":');
    setImmediate(() => response.destroy());
  });
  await expect(engine.containers(AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'reset' });
});

test('an answer without end is cut off', async () => {
  const piece = Buffer.alloc(1024 * 1024, ' ');
  const engine = await scripted((_, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  await expect(engine.containers(AbortSignal.timeout(20_000))).rejects.toMatchObject({ code: 'too_large' });
});

test('an engine that hangs is given up at the deadline', async () => {
  const engine = await scripted(() => undefined);
  await expect(engine.containers(AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'timeout' });
});

test('a container that goes while it is being looked at is left out', async () => {
  const id = 'a'.repeat(64);
  const engine = await scripted((request, response) => {
    if (request.url?.startsWith('/containers/json') === true) response.end(JSON.stringify([{ Id: id }]));
    else response.writeHead(404).end('{"message":"No such container"}');
  });
  expect(await engine.containers(AbortSignal.timeout(5_000))).toEqual([]);
});

test('DOCKER_HOST does not lead elsewhere', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://192.0.2.1:2375');
  const engine = await scripted((_, response) => {
    response.end('[]');
  });
  expect(await engine.containers(AbortSignal.timeout(5_000))).toEqual([]);
});
