import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DockerSockets } from '../../../src/practice/docker-sockets.ts';
import { Host } from '../../../src/practice/host.ts';
import { dockerServer } from '../../../src/practice/servers/docker/index.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { PracticeContainer } from '../../../src/practice/world/state.ts';
import type { World } from '../../../src/practice/world/world.ts';

let world: World;
let host: Host;
let sockets: DockerSockets;
let folder: string;
let instance: string;
let docker: Docker;

beforeAll(async () => {
  world = createWorld({ scenario: 'bad-deploy', seed: 3, speed: 1 });
  host = new Host(world);
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  sockets = new DockerSockets(host, world, dockerServer(), folder);
  await sockets.start();
  instance = storyInstances()[0] ?? '';
  docker = new Docker({ socketPath: join(folder, `${instance}.sock`) });
});

afterAll(async () => {
  sockets.stop();
  world.stop();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

function storyInstances(): string[] {
  return world.state.instances
    .filter(({ tags }) => tags.service === 'charge-central' && tags.environment === 'prod')
    .map(({ id }) => id);
}

function container(name = 'charge-central'): PracticeContainer {
  const found = world.state.containers.find((one) => one.instance === instance && one.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
}

/** Runs `look` with the container changed, as an incident would change it. */
async function withContainer(change: Partial<PracticeContainer>, look: () => Promise<void>): Promise<void> {
  const one = container();
  const before = { ...one };
  Object.assign(one, change);
  try {
    await look();
  } finally {
    Object.assign(one, before);
  }
}

function plain(path: string, method = 'GET'): Promise<{ status: number; headers: object; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: join(folder, `${instance}.sock`), path, method }, (answer) => {
      let body = '';
      answer.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asked.on('error', reject).end();
  });
}

describe('the Docker Engine of an instance, through dockerode', () => {
  it('answers ping, version and info', async () => {
    expect(String(await docker.ping())).toBe('OK');
    expect(await docker.version()).toMatchObject({ ApiVersion: '1.51', Os: 'linux' });
    expect(await docker.info()).toMatchObject({ Containers: 5, Driver: 'overlayfs' });
    const head = await plain('/_ping', 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'api-version': '1.51' } });
  });

  it('lists the five containers, in every state', async () => {
    const all = await docker.listContainers({ all: true });
    const names = all.map(({ Names }) => Names[0]);
    expect(new Set(names)).toEqual(
      new Set(['/nginx', '/metrics', '/charge-central', '/log-router', '/splunk-forwarder']),
    );
    const own = all.find(({ Names }) => Names.includes('/charge-central'));
    expect(own).toMatchObject({
      Id: container().id,
      Image: '210987654321.dkr.ecr.eu-west-1.amazonaws.com/charge-central:1.0.283',
      ImageID: container().imageDigest,
    });
    const shown = async (options: object) =>
      (await docker.listContainers(options)).map(({ Names, State, Status }) => ({
        name: Names[0],
        State,
        Status,
      }));
    await withContainer({ state: 'restarting', exitCode: 1 }, async () => {
      expect(await shown({})).toContainEqual({
        name: '/charge-central',
        State: 'restarting',
        Status: expect.stringMatching(/^Restarting \(1\) .* ago$/),
      });
    });
    await withContainer({ state: 'exited', exitCode: 137 }, async () => {
      expect((await shown({})).map(({ name }) => name)).not.toContain('/charge-central');
      const filtered = await shown({ all: true, filters: { status: ['exited'] } });
      expect(filtered).toEqual([
        {
          name: '/charge-central',
          State: 'exited',
          Status: expect.stringMatching(/^Exited \(137\) .* ago$/),
        },
      ]);
    });
    await withContainer({ state: 'running', health: 'unhealthy' }, async () => {
      const [sick] = await shown({ filters: { health: ['unhealthy'] } });
      expect(sick).toMatchObject({
        name: '/charge-central',
        Status: expect.stringMatching(/^Up .* \(unhealthy\)$/),
      });
    });
    expect(await shown({ filters: { name: ['nginx'] } })).toHaveLength(1);
    expect(await shown({ filters: { label: ['example.harbour.service=charge-central'] } })).not.toHaveLength(
      0,
    );
    await expect(docker.listContainers({ filters: { colour: ['red'] } })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('inspects: restarts, exit code, memory, health, by name and by the beginning of the id', async () => {
    const change = {
      state: 'restarting',
      health: 'unhealthy',
      restarts: 7,
      exitCode: 137,
      outOfMemory: true,
    } as const;
    await withContainer(change, async () => {
      const seen = await docker.getContainer('charge-central').inspect();
      expect(seen).toMatchObject({
        Id: container().id,
        Name: '/charge-central',
        RestartCount: 7,
        Image: container().imageDigest,
        Config: { Image: container().image, Labels: { 'org.opencontainers.image.version': '1.0.283' } },
        State: {
          Status: 'restarting',
          Restarting: true,
          OOMKilled: true,
          ExitCode: 137,
          Health: { Status: 'unhealthy' },
        },
      });
      expect(new Date(seen.State.StartedAt).getTime()).toBe(container().startedAt);
    });
    expect((await docker.getContainer(container().id.slice(0, 12)).inspect()).Id).toBe(container().id);
    await expect(docker.getContainer('nobody').inspect()).rejects.toMatchObject({
      statusCode: 404,
      reason: 'no such container',
      json: { message: 'No such container: nobody' },
    });
  });

  it('tells the digest of an image as the registry does', async () => {
    const reference = container().image;
    const pushed = world.state.images.find(
      ({ repository, tag }) => repository === 'charge-central' && tag === '1.0.283',
    );
    expect(await docker.getImage(reference).inspect()).toMatchObject({
      RepoTags: [reference],
      RepoDigests: [`${reference.split(':')[0]}@${pushed?.digest}`],
    });
    expect(await docker.listImages()).toHaveLength(5);
    await expect(docker.getImage('nothing:1').inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  it('sends logs in frames: errors on stderr, the tail of them, and more while it is followed', async () => {
    const one = docker.getContainer('charge-central');
    const buffer = (await one.logs({ stdout: true, stderr: true, tail: 50, timestamps: true })) as Buffer;
    const frames = split(buffer);
    expect(frames).toHaveLength(50);
    expect(frames.every(({ text }) => /^2026-11-17T03:\d\d:\d\d\.\d{9}Z /.test(text))).toBe(true);
    const errors = split((await one.logs({ stderr: true, stdout: false, tail: 20 })) as Buffer);
    expect(new Set(errors.map(({ stream }) => stream))).toEqual(new Set([2]));
    expect(errors.some(({ text }) => text.includes('NoMethodError'))).toBe(true);
    await expect(one.logs({ stdout: false, stderr: false })).rejects.toMatchObject({ statusCode: 400 });

    const followed = (await one.logs({ stdout: true, stderr: true, tail: 0, follow: true })) as Readable;
    const out = new PassThrough();
    docker.modem.demuxStream(followed, out, out);
    let text = '';
    out.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    await expect.poll(() => text.split('\n').length, { timeout: 15_000 }).toBeGreaterThan(2);
    const ended = new Promise((resolve) => followed.on('end', resolve));
    await withContainer({ state: 'exited', exitCode: 0 }, async () => {
      await ended;
    });
  });

  it('samples statistics', async () => {
    const stats = await docker.getContainer('nginx').stats({ stream: false });
    expect(stats.memory_stats.usage).toBeGreaterThan(0);
    expect(stats.memory_stats.usage).toBeLessThan(stats.memory_stats.limit);
    expect(stats.cpu_stats.cpu_usage.total_usage).toBeGreaterThan(stats.precpu_stats.cpu_usage.total_usage);
  });
});

describe('the Docker Engine of an instance, through plain HTTP', () => {
  it('takes a version before the path, and refuses those it does not know', async () => {
    expect((await plain('/v1.47/containers/json')).status).toBe(200);
    expect(JSON.parse((await plain('/v1.99/info')).body)).toEqual({
      message: 'client version 1.99 is too new. Maximum supported API version is 1.51',
    });
    expect(await plain('/v1.47/nothing')).toMatchObject({
      status: 404,
      body: '{"message":"page not found"}\n',
    });
  });

  it('may be read, not changed, and is logged by route', async () => {
    expect(await plain(`/v1.47/containers/${container().id}/restart`, 'POST')).toMatchObject({ status: 403 });
    expect(host.log.all().at(-1)).toMatchObject({
      system: 'docker',
      operation: 'POST /containers/{id}/restart',
      mutation: true,
      status: 403,
    });
  });
});

describe('the sockets', () => {
  it('are one for each instance, for nobody else, and follow an update', async () => {
    const open = async () => (await readdir(folder)).filter((name) => name.endsWith('.sock')).sort();
    const wanted = () => world.state.instances.map(({ id }) => `${id}.sock`).sort();
    expect(await open()).toEqual(wanted());
    expect((await stat(join(folder, `${instance}.sock`))).mode & 0o777).toBe(0o600);
    const old = storyInstances();
    const stack = world.state.stacks.find(({ name }) => name === 'charge-central');
    if (stack === undefined) throw new Error('no stack charge-central');
    const parameters = { ...stack.parameters, ImageTag: '1.0.282' };
    world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam@harbour.example' });
    world.advance(1200);
    await expect.poll(open).toEqual(wanted());
    const replaced = storyInstances();
    expect(replaced).toHaveLength(3);
    expect(replaced.some((id) => old.includes(id))).toBe(false);
    const fresh = new Docker({ socketPath: join(folder, `${replaced[0]}.sock`) });
    expect((await fresh.getContainer('charge-central').inspect()).Config.Image).toMatch(/:1\.0\.282$/);
  });
});

function split(buffer: Buffer): { stream: number; text: string }[] {
  const frames: { stream: number; text: string }[] = [];
  for (let at = 0; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at + 4);
    frames.push({ stream: buffer.readUInt8(at), text: buffer.toString('utf8', at + 8, at + 8 + length) });
    at += 8 + length;
  }
  return frames;
}
