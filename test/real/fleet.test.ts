import { readdirSync, readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Cockpit } from '../e2e/cockpit.ts';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { type DockerEngine, makeContainersInEveryState, startDockerEngine } from './docker-engine.ts';
import { missingRealParts } from './programs.ts';
import { type SshHosts, startSshHosts } from './sshd.ts';

const missing = missingRealParts('docker', 'ssh');
if (missing !== null) console.warn(`Tests of the fleet with real containers are left out: ${missing}`);

const INSTANCES = 3;
const STATES = ['created', 'exited', 'healthy', 'oom', 'paused', 'restarting', 'running', 'unhealthy'];

interface Container {
  readonly name: string;
}

interface Told {
  readonly groups: readonly {
    readonly instances: readonly {
      readonly containers: readonly Container[];
      readonly containers_error: string | null;
    }[];
  }[];
}

/** PagerDuty and AWS are the practice world's; every prod instance leads, by ssh, to the one real engine. */
describe.runIf(missing === null)('the fleet with real containers behind a jump host', () => {
  let engine: DockerEngine;
  let practice: PracticeWorld;
  let home: Home;
  let hosts: SshHosts | null = null;
  let cockpit: Cockpit | null = null;

  beforeAll(async () => {
    engine = await startDockerEngine();
    await makeContainersInEveryState(engine);
    practice = await PracticeWorld.start();
  }, 120_000);

  beforeEach(() => {
    home = new Home();
  });

  afterEach(async () => {
    await cockpit?.close();
    cockpit = null;
    // Connections end with whoever opened them, and leave no socket behind.
    const left = readdirSync(home.folder).filter((name) => !/^(config|state|cache|tribe)$/.test(name));
    await hosts?.stop();
    hosts = null;
    home.remove();
    expect(left).toEqual([]);
  });

  afterAll(async () => {
    await practice?.stop();
    await engine?.stop();
  }, 60_000);

  /** The practice configuration with another way to prod's containers. */
  async function throughSsh(forwarding: boolean, own: object = {}): Promise<string> {
    hosts = await startSshHosts({ forwarding, dockerSocket: engine.socket });
    const from = dirname(practice.config);
    const folder = join(home.folder, 'tribe');
    for (const name of readdirSync(from).filter((each) => /\.token$|^aws-credentials$/.test(each))) {
      await cp(join(from, name), join(folder, name), { recursive: true });
    }
    const tribe = parse(readFileSync(practice.config, 'utf8'));
    const { config, jump, address } = hosts;
    tribe.environments.prod.containers = {
      ssh: { host: address, config, jump, docker_socket: engine.socket, ...own },
    };
    const file = join(folder, 'oncall.yaml');
    await writeFile(file, stringify(tribe), { mode: 0o600 });
    return file;
  }

  async function fleet(config: string, ...args: readonly string[]) {
    return runOncall(['fleet', 'charge-central', ...args, '--config', config], home.env);
  }

  describe.each([
    ['over the forwarded socket', true],
    ['by docker’s own command line where forwarding is forbidden', false],
  ])('%s', (_, forwarding) => {
    test('oncall fleet --json tells every container of every instance in its state', async () => {
      const ran = await fleet(await throughSsh(forwarding), '--json');
      expect(ran).toMatchObject({ exit: 0, stderr: '' });
      const { groups } = JSON.parse(ran.stdout) as Told;
      const instances = groups.flatMap((group) => group.instances);
      expect(instances).toHaveLength(INSTANCES);
      for (const { containers, containers_error } of instances) {
        expect(containers_error).toBeNull();
        const container = (name: string, own: object) => ({
          name,
          image: 'busy:1',
          state: 'running',
          health: null,
          restarts: 0,
          ...own,
        });
        expect([...containers].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
          container('created', { state: 'created' }),
          container('exited', { state: 'exited' }),
          container('healthy', { health: 'healthy' }),
          container('oom', { state: 'exited' }),
          container('paused', { state: 'paused' }),
          // Between two of its restarts it may be seen running.
          container('restarting', {
            state: expect.stringMatching(/^(restarting|running)$/),
            restarts: expect.any(Number),
          }),
          container('running', {}),
          container('unhealthy', { health: 'unhealthy' }),
        ]);
      }
    });

    test('oncall fleet names what is in trouble, and how', async () => {
      const ran = await fleet(await throughSsh(forwarding));
      expect(ran).toMatchObject({ exit: 0, stderr: '' });
      const rows = ran.stdout.split('\n').filter((line) => line.startsWith('  i-'));
      expect(rows).toHaveLength(INSTANCES);
      for (const row of rows) {
        expect(row).toMatch(/exited exited 3/);
        expect(row).toMatch(/oom exited 137 out of memory/);
        expect(row).toMatch(/paused paused/);
        expect(row).toMatch(/unhealthy unhealthy/);
        expect(row).not.toMatch(/ healthy healthy|created created|running running/);
      }
    });

    test('the cockpit shows them, one instance opened', async () => {
      const config = await throughSsh(forwarding);
      cockpit = Cockpit.open({ config, home, columns: 200, rows: 50 });
      await cockpit.sees('2 triggered 1 acked');
      await cockpit.press('j');
      await cockpit.sees(/▶ ● .*charge-central/);
      await cockpit.sees(/oom exited 137 out of memory/);
      // The group, what its load balancer says, the first instance.
      await cockpit.press('3', 'g', 'j', 'j', 'l');
      for (const name of STATES) await cockpit.sees(new RegExp(`${name} +(${conditions(name)}).* busy:1`));
      await cockpit.press('q');
      expect(await cockpit.left()).toMatchObject({ exit: 0, restored: true });
    });
  });

  test('a host that cannot be reached is told beside its instances; the rest is there', async () => {
    const config = await throughSsh(true, {
      host: '10.20.30.99',
      config: '/dev/null',
      jump: 'nowhere.invalid',
    });
    const ran = await fleet(config, '--json');
    expect(ran.exit).toBe(0);
    const { groups } = JSON.parse(ran.stdout) as Told;
    const [first] = groups.flatMap((group) => group.instances);
    expect(first).toMatchObject({
      containers: [],
      containers_error: expect.stringMatching(/nowhere\.invalid/),
    });
  });
});

/** How the fleet pane words the state of the container of that name. */
function conditions(name: string): string {
  const words: Readonly<Record<string, string>> = {
    exited: 'exited 3',
    oom: 'exited 137 out of memory',
    restarting: 'restarting \\(\\d+\\)|running \\(\\d+\\)',
  };
  return words[name] ?? name;
}
