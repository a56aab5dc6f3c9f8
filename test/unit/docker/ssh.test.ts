import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { sshFailure } from '../../../src/systems/docker/ssh/failure.ts';
import { runtimeFolder } from '../../../src/systems/docker/ssh/runtime-folder.ts';
import { checkTarget, masterArguments, type SshTarget } from '../../../src/systems/docker/ssh/target.ts';

const target: SshTarget = {
  host: '10.0.0.7',
  user: 'ec2-user',
  port: 2222,
  config: '/etc/oncall/ssh_config',
  jump: 'bastion',
  dockerSocket: '/var/run/docker.sock',
};

afterEach(() => vi.unstubAllEnvs());

test('the master is one argument vector that ends with -- and the host', () => {
  const args = masterArguments(target, '/run/1.ctl', '/run/1.sock');
  expect(args.slice(0, 6)).toEqual([
    '-N',
    '-M',
    '-S',
    '/run/1.ctl',
    '-L',
    '/run/1.sock:/var/run/docker.sock',
  ]);
  expect(args).toContain('ExitOnForwardFailure=yes');
  expect(args).toContain('StreamLocalBindUnlink=yes');
  expect(args).toContain('BatchMode=yes');
  expect(args.slice(-10)).toEqual([
    ...['-F', '/etc/oncall/ssh_config', '-J', 'bastion', '-p', '2222', '-l', 'ec2-user'],
    ...['--', '10.0.0.7'],
  ]);
});

test.each([
  [{ host: '-oProxyCommand=touch /tmp/owned' }, /no host name/],
  [{ user: '-l' }, /no user name/],
  [{ jump: 'a,-b' }, /no jump host/],
  [{ dockerSocket: '/run/x.sock:/etc/passwd' }, /no path of a socket/],
])('%j is refused before anything is run', (change, message) => {
  expect(() => checkTarget({ ...target, ...change })).toThrow(message);
});

test.each([
  ['sam@host: Permission denied (publickey).', 'unauthorized'],
  ['Host key verification failed.', 'tls'],
  ['ssh: Could not resolve hostname nowhere: Name or service not known', 'dns'],
  ['ssh: connect to host 10.0.0.7 port 22: Connection refused', 'refused'],
  ['ssh: connect to host 10.0.0.7 port 22: Connection timed out', 'timeout'],
  ['kex_exchange_identification: Connection closed by remote host', 'reset'],
  ['', 'unknown'],
])('what ssh says (%j) is a Failure %s', (stderr, code) => {
  const failure = sshFailure('10.0.0.7', `** WARNING: post-quantum\r\n${stderr}\r\n`);
  expect(failure).toMatchObject({ system: 'docker', code });
  expect(failure.message).toContain(stderr === '' ? 'ended without a word' : stderr);
  expect(failure.message).not.toContain('WARNING');
});

test('what ssh says cannot move the cursor', () => {
  expect(sshFailure('h', 'Permission denied \u001b]52;c;AAAA\u0007').message).toContain('␛]52;c;AAAA␇');
});

test('sockets live in a folder that only its owner may enter', async () => {
  const base = await mkdtemp(join(tmpdir(), 'run-'));
  try {
    vi.stubEnv('XDG_RUNTIME_DIR', base);
    const folder = await runtimeFolder();
    expect(dirname(folder)).toBe(base);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  } finally {
    await rm(base, { recursive: true });
  }
});

test('a shared runtime folder, or one too long for a socket, is not used', async () => {
  const base = await mkdtemp(join(tmpdir(), 'run-'));
  try {
    vi.stubEnv('XDG_CACHE_HOME', base);
    for (const unfit of [tmpdir(), join(base, 'x'.repeat(100))]) {
      vi.stubEnv('XDG_RUNTIME_DIR', unfit);
      expect(dirname(await runtimeFolder())).toBe(join(base, 'oncall'));
    }
    vi.stubEnv('XDG_CACHE_HOME', join(base, 'x'.repeat(100)));
    await expect(runtimeFolder()).rejects.toThrow(/set XDG_RUNTIME_DIR/);
  } finally {
    await rm(base, { recursive: true });
  }
});
