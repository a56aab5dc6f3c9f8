import { expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { cureOf } from '../../../src/systems/docker/cure.ts';
import type { Destination } from '../../../src/systems/docker/reach.ts';
import { sshFailure } from '../../../src/systems/docker/ssh/failure.ts';

const ssh: Destination = {
  kind: 'ssh',
  target: {
    host: '10.20.6.88',
    user: 'ec2-user',
    port: null,
    config: null,
    jump: 'jump.harbour.example',
    dockerSocket: '/var/run/docker.sock',
  },
};
const BY_HAND = 'ssh -J jump.harbour.example -l ec2-user 10.20.6.88';

// As OpenSSH 9.2 says it with BatchMode=yes.
test.each([
  [
    'No ED25519 host key is known for 10.20.6.88 and you have requested strict checking.\nHost key verification failed.',
    `accept its key once by hand: ${BY_HAND}`,
  ],
  [
    'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nHost key verification failed.',
    'ask why its key is another now; ssh-keygen -R 10.20.6.88',
  ],
  [
    'ec2-user@10.20.6.88: Permission denied (publickey).',
    `load your key (ssh-add), as nothing can be asked; try: ${BY_HAND}`,
  ],
  [
    'ssh: Could not resolve hostname jump.harbour.example: Name or service not known',
    'check environments.prod.containers.ssh: host and jump',
  ],
  ['ssh: connect to host 10.20.6.88 port 22: Connection refused', `try by hand: ${BY_HAND}`],
  ['spawn ssh ENOENT', 'install openssh-client'],
])('%s', (told, fix) => {
  expect(cureOf(sshFailure('10.20.6.88', told), 'prod', ssh)).toBe(fix);
});

test.each([
  [
    new Failure('docker', 'refused', 'There is no docker command on 10.20.6.88.'),
    /AllowStreamLocalForwarding/,
  ],
  [
    new Failure('docker', 'forbidden', 'docker on 10.20.6.88: permission denied while trying to connect'),
    /group docker/,
  ],
  [
    new Failure('docker', 'unauthorized', 'No instance to try, because of AWS: no credentials'),
    /^mend aws prod first$/,
  ],
])('%s', (failure, fix) => {
  expect(cureOf(failure, 'prod', ssh)).toMatch(fix);
});
