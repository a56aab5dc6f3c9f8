import { Failure } from '../../../model/failure.ts';
import { isHostName, isJump, isUserName } from './host-name.ts';

/** A host as the user's own ssh reaches it. */
export interface SshTarget {
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
  /** Absolute path of an ssh_config; null: the user's own. */
  readonly config: string | null;
  readonly jump: string | null;
  /** The Docker Engine's socket on that host. */
  readonly dockerSocket: string;
}

/** Throws a Failure `invalid` for what ssh would take for an option or hand to a shell. */
export function checkTarget(target: SshTarget): void {
  const refuse = (what: string, value: string): never => {
    throw new Failure(
      'docker',
      'invalid',
      `${JSON.stringify(value)} is no ${what} for ssh: nothing was run.`,
    );
  };
  if (!isHostName(target.host)) refuse('host name', target.host);
  if (target.user !== null && !isUserName(target.user)) refuse('user name', target.user);
  if (target.jump !== null && !isJump(target.jump)) refuse('jump host', target.jump);
  if (!/^\/[^:\0\n]*$/.test(target.dockerSocket)) refuse('path of a socket', target.dockerSocket);
}

/** How ssh is told where to go and to ask nobody: the terminal is not its own. */
function way(target: SshTarget): string[] {
  return ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', ...route(target)];
}

function route({ user, port, config, jump }: Pick<SshTarget, 'user' | 'port' | 'config' | 'jump'>): string[] {
  return [
    ...(config === null ? [] : ['-F', config]),
    ...(jump === null ? [] : ['-J', jump]),
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
  ];
}

/** What a person types to go the same way; it may ask for what `BatchMode` does not let it ask. */
export function byHand(target: SshTarget): string {
  return ['ssh', ...route(target), target.host].join(' ');
}

/**
 * One master that holds the connection and forwards the socket. `LogLevel=INFO` because that is where ssh says that
 * a forward was refused; `ControlPersist` and `RemoteCommand` of the user's own configuration would break it.
 */
export function masterArguments(target: SshTarget, control: string, localSocket: string): string[] {
  return [
    '-N',
    '-M',
    '-S',
    control,
    '-L',
    `${localSocket}:${target.dockerSocket}`,
    '-o',
    'ExitOnForwardFailure=yes',
    '-o',
    'StreamLocalBindUnlink=yes',
    '-o',
    'ServerAliveInterval=5',
    '-o',
    'ControlPersist=no',
    '-o',
    'RemoteCommand=none',
    '-o',
    'LogLevel=INFO',
    ...way(target),
    '--',
    target.host,
  ];
}

/** One command through the master. The remote side hands it to a shell, so it is made of fixed words and hex alone. */
export function commandArguments(target: SshTarget, control: string, command: string): string[] {
  return [
    '-S',
    control,
    '-o',
    'ControlMaster=no',
    '-o',
    'RemoteCommand=none',
    ...way(target),
    '--',
    target.host,
    command,
  ];
}
