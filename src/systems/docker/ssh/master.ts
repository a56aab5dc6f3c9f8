import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure, toFailure } from '../../../model/failure.ts';
import type { Container } from '../../../model/fleet.ts';
import { Engine } from '../engine.ts';
import type { Way } from '../way.ts';
import { DockerCommand } from './docker-command.ts';
import { NOT_FORWARDED, sshFailure } from './failure.ts';
import { type SshProcess, startSsh } from './process.ts';
import { checkTarget, masterArguments, type SshTarget } from './target.ts';

const OPEN_DEADLINE_MS = 15_000;
const POLL_MS = 50;
/** ssh tells why it closed a forwarded connection a moment after it did. */
const EXPLAIN_MS = 500;

/**
 * Opens one ssh master to the host and waits until Docker answers through it: over the forwarded socket, or by
 * docker's own command line where the host forbids forwarding.
 * @param base path without ending in a folder of mode 0700; two sockets are made beside it
 */
export async function openMaster(target: SshTarget, base: string): Promise<Way> {
  checkTarget(target);
  const control = `${base}.ctl`;
  const socket = `${base}.sock`;
  const master = startSsh(masterArguments(target, control, socket), null);
  const engine = new Engine(socket);
  const close = async (): Promise<void> => {
    engine.close();
    master.end();
    await master.ended;
    await Promise.all([control, socket].map((path) => rm(path, { force: true })));
  };
  try {
    const forwarded = await isForwarded(target.host, master, engine, socket);
    const docker = forwarded ? engine : new DockerCommand(target, control);
    let works = true;
    return {
      kind: forwarded ? 'forwarded' : 'command',
      about: (signal) => docker.about(signal),
      containers: async (signal): Promise<readonly Container[]> => {
        try {
          return await docker.containers(signal);
        } catch (thrown) {
          // A host where neither way works now may allow the better one when it is opened again.
          if (!forwarded) works = false;
          throw master.isRunning() ? thrown : sshFailure(target.host, master.stderr());
        }
      },
      isOpen: () => works && master.isRunning(),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** false: the host does not forward its Docker socket. */
async function isForwarded(
  host: string,
  master: SshProcess,
  engine: Engine,
  socket: string,
): Promise<boolean> {
  const deadline = AbortSignal.timeout(OPEN_DEADLINE_MS);
  for (;;) {
    if (!master.isRunning()) throw sshFailure(host, master.stderr());
    if (deadline.aborted) throw new Failure('docker', 'timeout', `ssh to ${host} is not connected in time.`);
    const answer = existsSync(socket) ? await pinged(engine, deadline) : null;
    if (answer === true) return true;
    if (answer !== null) {
      if (NOT_FORWARDED.test(await explanation(master))) return false;
      if (master.isRunning()) throw answer;
    }
    await wait(POLL_MS);
  }
}

/** null: ssh has made the socket, but does not listen on it yet. */
async function pinged(engine: Engine, deadline: AbortSignal): Promise<true | Failure | null> {
  try {
    await engine.ping(deadline);
    return true;
  } catch (thrown) {
    const failure = toFailure('docker', thrown);
    return failure.code === 'refused' ? null : failure;
  }
}

async function explanation(master: SshProcess): Promise<string> {
  const until = AbortSignal.timeout(EXPLAIN_MS);
  while (!until.aborted && master.isRunning() && !NOT_FORWARDED.test(master.stderr())) await wait(POLL_MS);
  return master.stderr();
}
