import type { Failure } from '../../model/failure.ts';
import type { Destination } from './reach.ts';
import { byHand } from './ssh/target.ts';

/**
 * What to do about a failure on the way to Docker, in one short line; null: what is usual.
 * @param destination null: it was not yet known where to
 */
export function cureOf(
  failure: Failure,
  environment: string,
  destination: Destination | null,
): string | null {
  const { message, code } = failure;
  const key = `environments.${environment}.containers`;
  if (/because of AWS/.test(message)) return `mend aws ${environment} first`;
  if (code === 'not_configured') return `set ${key}, and environments.${environment}.aws`;
  if (code === 'not_found') return 'nothing: there is nothing to look at';
  if (destination === null) return `mend ${key}`;
  if (destination.kind === 'socket') {
    return /EACCES/.test(message)
      ? `let your user open ${destination.path} (group docker)`
      : `check ${key}.socket: does Docker listen there?`;
  }
  const { target } = destination;
  const trial = byHand(target);
  if (/ENOENT/.test(message)) return 'install openssh-client';
  if (/identification has changed/i.test(message))
    return `ask why its key is another now; ssh-keygen -R ${target.host}`;
  if (/host key verification failed|host key is known/i.test(message))
    return `accept its key once by hand: ${trial}`;
  if (/^ssh to .*(permission denied|authentication)/i.test(message)) {
    return `load your key (ssh-add), as nothing can be asked; try: ${trial}`;
  }
  if (/forwarding|no docker command/i.test(message)) {
    return 'in its sshd_config: AllowStreamLocalForwarding yes; or install docker there';
  }
  if (code === 'forbidden')
    return `let ${target.user ?? 'your user'} use Docker on ${target.host} (group docker)`;
  if (code === 'dns') return `check ${key}.ssh: host and jump`;
  if (code === 'refused' && /daemon/i.test(message)) return `start Docker on ${target.host}`;
  return `try by hand: ${trial}`;
}
