import { Failure, type FailureCode } from '../../../model/failure.ts';

const CODES: readonly (readonly [FailureCode, RegExp])[] = [
  ['tls', /host key verification failed|remote host identification has changed/i],
  ['unauthorized', /permission denied|too many authentication failures|no supported authentication/i],
  ['dns', /could not resolve hostname/i],
  ['refused', /connection refused|no route to host|network is unreachable/i],
  ['timeout', /timed out|timeout/i],
  ['reset', /connection (reset|closed)|broken pipe/i],
];

/** ssh's own failure (it exits with 255) in its own words, without its notices. */
export function sshFailure(host: string, stderr: string): Failure {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(\*\*|Warning: Permanently added|debug\d)/.test(line));
  const told = lines.slice(-3).join('; ');
  const code = CODES.find(([, pattern]) => pattern.test(told))?.[0] ?? 'unknown';
  return new Failure('docker', code, `ssh to ${host}: ${told === '' ? 'it ended without a word' : told}`);
}

/**
 * What ssh says when the host's sshd does not open a forwarded connection. sshd says the same for "forbidden" and for
 * "nobody listens there" (both are CONNECT_FAILED "open failed" for a unix socket, seen with OpenSSH 9.2).
 */
export const NOT_FORWARDED = /channel \d+: open failed:/;
