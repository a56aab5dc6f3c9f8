import { Failure, toFailure } from '../../model/failure.ts';
import type { Containers } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { READ_DEADLINE_MS } from './engine.ts';
import { Reach } from './reach.ts';

/** Containers of an instance, over a unix socket or over the user's own ssh, as the environment's config says. */
export function openContainers({ loaded, transport }: AdapterDeps): Containers {
  const reach = new Reach(loaded);

  return {
    async containers(environment, instance, signal) {
      try {
        const way = await givenUp(reach.to(environment, instance), signal);
        const deadline = AbortSignal.timeout(READ_DEADLINE_MS);
        const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
        const containers = await way.containers(both);
        transport.report('docker', null);
        return containers;
      } catch (thrown) {
        const failure = decodeThrown(thrown);
        if (failure.code !== 'aborted' && failure.code !== 'not_configured') {
          transport.report('docker', failure);
        }
        throw failure;
      }
    },

    close: () => reach.close(),
  };
}

/** Opening goes on for others when one asker gives up. */
async function givenUp<T>(opening: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return opening;
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([opening, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function decodeThrown(thrown: unknown): Failure {
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new Failure('docker', 'timeout', 'Docker did not answer in time.');
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return new Failure('docker', 'aborted', 'Reading the containers was given up.');
  }
  return toFailure('docker', thrown);
}
