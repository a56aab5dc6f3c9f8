import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { configSchema, userSchema } from '../../src/config/schema.ts';
import type { LoadedConfig } from '../../src/config/types.ts';
import { diagnose } from '../../src/insight/doctor.ts';
import type { Instance } from '../../src/model/fleet.ts';
import type { Containers } from '../../src/model/ports/index.ts';
import { ownText } from '../../src/model/safe-text.ts';
import { openContainers } from '../../src/systems/docker/index.ts';
import { openTransport } from '../../src/systems/http/open-transport.ts';
import { candidates } from '../../src/systems/probes.ts';
import { type DockerEngine, makeContainersInEveryState, startDockerEngine } from './docker-engine.ts';
import { missingRealParts, output, until } from './programs.ts';
import { type SshHosts, startSshHosts } from './sshd.ts';

const missing = missingRealParts('docker', 'ssh');
if (missing !== null) console.warn(`Tests with a real Docker Engine and sshd are left out: ${missing}`);

describe.runIf(missing === null)(
  'containers of a real Docker Engine behind a real sshd and a jump host',
  () => {
    let engine: DockerEngine;
    let runtime: string;
    let hosts: SshHosts | null = null;
    let containers: Containers | null = null;

    beforeAll(async () => {
      runtime = await mkdtemp(join(tmpdir(), 'run-'));
      vi.stubEnv('XDG_RUNTIME_DIR', runtime);
      engine = await startDockerEngine();
      await makeContainersInEveryState(engine);
    }, 120_000);

    afterEach(async () => {
      await containers?.close();
      await hosts?.stop();
      containers = null;
      hosts = null;
    });

    afterAll(async () => {
      vi.unstubAllEnvs();
      await engine?.stop();
      await rm(runtime, { recursive: true, force: true });
    }, 60_000);

    async function behindSsh(
      forwarding: boolean,
      ssh = {},
      dockerSocket = engine.socket,
    ): Promise<Containers> {
      hosts = await startSshHosts({ forwarding, dockerSocket });
      containers = openContainers({ loaded: config(hosts, engine, ssh), transport: openTransport({}) });
      return containers;
    }

    test.each([
      ['over the forwarded socket', true],
      ['by docker’s own command line where forwarding is forbidden', false],
    ])('every state is read %s', async (_, forwarding) => {
      const port = await behindSsh(forwarding);
      const read = await port.containers('prod', instance(hosts));
      const told = Object.fromEntries(
        read.map(({ name, state, health, exitCode, outOfMemory, restarts, startedAt }) => [
          name,
          { state, health, exitCode, outOfMemory, restarts, started: startedAt !== null },
        ]),
      );
      const plain = { health: null, exitCode: null, outOfMemory: false, restarts: 0, started: true };
      expect(told).toEqual({
        running: { ...plain, state: 'running' },
        exited: { ...plain, state: 'exited', exitCode: 3 },
        restarting: {
          ...plain,
          state: expect.any(String),
          restarts: expect.any(Number),
          exitCode: told.restarting?.exitCode,
        },
        healthy: { ...plain, state: 'running', health: 'healthy' },
        unhealthy: { ...plain, state: 'running', health: 'unhealthy' },
        paused: { ...plain, state: 'paused' },
        created: { ...plain, state: 'created', started: false },
        oom: { ...plain, state: 'exited', exitCode: 137, outOfMemory: true },
      });
      // Between two of its many restarts it may be seen running for a moment.
      expect(told.restarting?.state).toMatch(/^(restarting|running)$/);
      expect(told.restarting?.restarts).toBeGreaterThanOrEqual(5);
      expect(read.find(({ name }) => name === 'running')).toMatchObject({ image: 'busy:1' });
    });

    test('one connection serves all readings, and ends with its sockets', async () => {
      const port = await behindSsh(true);
      const one = instance(hosts);
      await Promise.all([port.containers('prod', one), port.containers('prod', one)]);
      await port.containers('prod', one);
      expect(hosts?.log().match(/Accepted publickey/g)).toHaveLength(2); // the jump host and the host
      await port.close();
      expect(await ownFolders(runtime)).toEqual([]);
    });

    test('a connection that ended is opened again', async () => {
      const port = await behindSsh(true);
      const one = instance(hosts);
      await port.containers('prod', one);
      const [folder = ''] = await ownFolders(runtime);
      const control = join(runtime, folder, '1.ctl');
      await output('ssh', '-S', control, '-O', 'exit', '--', 'any');
      await until('the containers are read again', () =>
        port.containers('prod', one).then(
          (read) => read.length === 8,
          () => false,
        ),
      );
      expect(hosts?.log().match(/Accepted publickey/g)).toHaveLength(4);
    });

    test('a host whose key is another is refused in ssh’s own words', async () => {
      const port = await behindSsh(true);
      if (hosts === null) throw new Error('no hosts');
      const known = join(hosts.folder, 'known_hosts');
      await writeFile(known, '');
      await expect(port.containers('prod', instance(hosts))).rejects.toMatchObject({
        system: 'docker',
        code: 'tls',
        message: expect.stringContaining('Host key verification failed'),
      });
    });

    test('a user who may not log in is told so', async () => {
      const port = await behindSsh(true, { user: 'nobody' });
      await expect(port.containers('prod', instance(hosts))).rejects.toMatchObject({
        code: 'unauthorized',
        message: expect.stringContaining('Permission denied'),
      });
    });

    test('where the socket is elsewhere, docker’s own command line finds the engine', async () => {
      const port = await behindSsh(true, { docker_socket: '/nowhere/docker.sock' });
      expect(await port.containers('prod', instance(hosts))).toHaveLength(8);
    });

    test('a host without a running Docker is told in docker’s words', async () => {
      const nowhere = '/nowhere/docker.sock';
      const port = await behindSsh(true, { docker_socket: nowhere }, nowhere);
      await expect(port.containers('prod', instance(hosts))).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining(
          'Cannot connect to the Docker daemon at unix:///nowhere/docker.sock',
        ),
      });
    });

    test.each([
      [true, null],
      [false, 'in its sshd_config: AllowStreamLocalForwarding yes'],
    ])('oncall doctor reads one, and tells of the slower way (forwarding: %s)', async (forwarding, fix) => {
      hosts = await startSshHosts({ forwarding, dockerSocket: engine.socket });
      const [one] = await examined(config(hosts, engine, { host: instance(hosts).address }));
      expect(one).toMatchObject({ system: 'docker', ok: true, fix });
      expect(one?.identity).toMatch(/: 8 containers, Docker \d/);
      expect(one?.skewMs).not.toBeNull();
      expect(await ownFolders(runtime)).toEqual([]);
    });

    test('oncall doctor gives the command by which a person goes the same way', async () => {
      hosts = await startSshHosts({ forwarding: true, dockerSocket: engine.socket });
      const host = String(instance(hosts).address);
      const [one] = await examined(config(hosts, engine, { host, user: 'nobody-there' }));
      expect(one).toMatchObject({ ok: false, failure: { code: 'unauthorized' } });
      expect(one?.fix).toMatch(/^load your key \(ssh-add\).* ssh -F \S+ -J \S+ -l nobody-there /);
    });

    test('a host name that is an option of ssh runs nothing', async () => {
      const port = await behindSsh(true, { host: '-oProxyCommand=touch /tmp/owned' });
      await expect(port.containers('prod', instance(hosts))).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('no host name'),
      });
      expect(hosts?.log()).not.toContain('Accepted');
    });
  },
);

function instance(hosts: SshHosts | null): Instance {
  return {
    id: ownText('i-0123456789abcdef0'),
    zone: ownText('eu-west-1a'),
    address: ownText(hosts?.address ?? ''),
    lifecycle: ownText('InService'),
    health: ownText('Healthy'),
    launchedAt: null,
    traffic: null,
    containers: null,
    containersError: null,
  };
}

function config(hosts: SshHosts, engine: DockerEngine, ssh: object): LoadedConfig {
  const parsed = configSchema.parse({
    tribe: 'Harbour',
    squads: [{ id: 'billing', name: 'billing', escalation_policy: 'P1' }],
    default_environment: 'prod',
    environments: {
      prod: {
        containers: {
          ssh: { config: hosts.config, jump: hosts.jump, docker_socket: engine.socket, ...ssh },
        },
      },
    },
    systems: {},
    services: {},
  });
  const catalog = {
    tribe: 'Harbour',
    practice: false,
    squads: [],
    roles: [],
    environments: [],
    defaultEnvironment: 'prod',
    freezes: [],
    migrationLabels: [],
    services: [],
  };
  return { file: '/oncall.yaml', folder: '/', config: parsed, user: userSchema.parse({}), catalog };
}

async function examined(loaded: LoadedConfig) {
  const { signal } = new AbortController();
  const found = await Promise.all(candidates(loaded).configured.map((one) => one.examine(signal)));
  return found.map((one) => diagnose(one, null));
}

/** Of what lies in the runtime folder: the engine's own runtime uses it too. */
async function ownFolders(runtime: string): Promise<string[]> {
  return (await readdir(runtime)).filter((name) => name.startsWith('oncall-'));
}
