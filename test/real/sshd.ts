import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Daemon, freePort, output, startDaemon, until } from './programs.ts';

/** A host behind a jump host: two real sshd on loopback with keys of their own. */
export interface SshHosts {
  /** An ssh_config that knows both: `jump`, and the host by its address. */
  readonly config: string;
  readonly jump: 'jump';
  readonly address: string;
  /** Where the host's own sshd listens on loopback. */
  readonly port: number;
  readonly folder: string;
  /** What the host's sshd logged. */
  log(): string;
  /** Ends both by their pids and removes the folder. */
  stop(): Promise<void>;
}

export interface SshHostOptions {
  /** Whether the host lets unix sockets be forwarded. */
  readonly forwarding: boolean;
  /** The engine that `docker` on the host speaks to. */
  readonly dockerSocket: string;
  /** How soon the host takes a client that says nothing for gone, in seconds; missing: never. */
  readonly aliveSeconds?: number;
}

const ADDRESS = '10.20.30.40';

export async function startSshHosts(options: SshHostOptions): Promise<SshHosts> {
  const { forwarding, dockerSocket, aliveSeconds = 0 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'oncall-ssh-'));
  const at = (name: string) => join(folder, name);
  const daemons: Daemon[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(daemons.map((daemon) => daemon.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // sshd wants it, whatever its configuration says; Debian's init script makes it.
    await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
    for (const name of ['host_key', 'jump_key', 'user_key']) {
      await output('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', at(name));
    }
    const [jumpPort, hostPort] = [await freePort(), await freePort()];
    const common = (port: number, key: string) => `
Port ${port}
ListenAddress 127.0.0.1
HostKey ${at(key)}
AuthorizedKeysFile ${at('user_key.pub')}
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
PidFile none
`;
    await writeFile(at('sshd_jump'), `${common(jumpPort, 'jump_key')}AllowTcpForwarding yes\n`);
    await writeFile(
      at('sshd_host'),
      `${common(hostPort, 'host_key')}AllowStreamLocalForwarding ${forwarding ? 'yes' : 'no'}
SetEnv DOCKER_HOST=unix://${dockerSocket}
ClientAliveInterval ${aliveSeconds}
ClientAliveCountMax 1
`,
    );
    const publicKey = async (name: string) => (await readFile(at(`${name}.pub`), 'utf8')).trim();
    await writeFile(
      at('known_hosts'),
      `[127.0.0.1]:${jumpPort} ${await publicKey('jump_key')}\n[127.0.0.1]:${hostPort} ${await publicKey('host_key')}\n`,
    );
    await writeFile(
      at('ssh_config'),
      `Host jump
  HostName 127.0.0.1
  Port ${jumpPort}
Host ${ADDRESS}
  HostName 127.0.0.1
  Port ${hostPort}
Host *
  User ${userInfo().username}
  IdentityFile ${at('user_key')}
  IdentitiesOnly yes
  UserKnownHostsFile ${at('known_hosts')}
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
`,
    );
    for (const name of ['sshd_jump', 'sshd_host']) {
      daemons.push(startDaemon('/usr/sbin/sshd', ['-D', '-e', '-f', at(name)]));
    }
    const told = () => daemons.map((daemon) => daemon.stderr()).join('\n');
    for (const port of [jumpPort, hostPort]) await until('sshd answers', () => answers(port), { told });
    const address = ADDRESS;
    return { config: at('ssh_config'), jump: 'jump', address, port: hostPort, folder, log: told, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
