import { setTimeout as sleep } from 'node:timers/promises';
import type { PracticeContainer } from '../../world/state.ts';
import { memoryLimit } from './containers.ts';
import { type Engine, fingerprint, isUp } from './engine.ts';

const CPUS = 4;
const NANOSECONDS = 1_000_000;

/** GET /containers/{id}/stats, one sample: counters that grow with world time. A stopped container has none. */
export function sample(engine: Engine, container: PracticeContainer): unknown {
  const now = engine.world.now();
  const head = { id: container.id, name: `/${container.name}`, read: new Date(now).toISOString() };
  if (!isUp(container))
    return { ...head, preread: '0001-01-01T00:00:00Z', cpu_stats: {}, precpu_stats: {}, memory_stats: {} };
  const share = 0.02 + (fingerprint(container.id) % 300) / 1000;
  const limit = memoryLimit(container);
  const wave = 0.5 + Math.sin(now / 60_000 + share * 100) / 10;
  return {
    ...head,
    preread: new Date(now - 1000).toISOString(),
    pids_stats: { current: 4 + (fingerprint(container.name) % 20) },
    num_procs: 0,
    cpu_stats: cpu(now - container.startedAt, now, share),
    precpu_stats: cpu(now - 1000 - container.startedAt, now - 1000, share),
    memory_stats: {
      usage: Math.floor(limit * wave),
      limit,
      stats: { inactive_file: Math.floor(limit * 0.05) },
    },
    networks: {
      eth0: {
        rx_bytes: Math.floor((now - container.startedAt) * share * 40),
        tx_bytes: Math.floor((now - container.startedAt) * share * 65),
      },
    },
  };
}

/** `stream=true`: a sample each second, until the container is gone or the client leaves. */
export async function* samples(engine: Engine, container: PracticeContainer): AsyncGenerator<string> {
  while (engine.world.state.containers.includes(container)) {
    yield `${JSON.stringify(sample(engine, container))}\n`;
    await sleep(1000, undefined, { ref: false });
  }
}

function cpu(aliveMs: number, now: number, share: number): unknown {
  const total = Math.max(0, Math.floor(aliveMs * share * NANOSECONDS));
  return {
    cpu_usage: {
      total_usage: total,
      usage_in_kernelmode: Math.floor(total / 4),
      usage_in_usermode: Math.floor((total * 3) / 4),
    },
    system_cpu_usage: now * CPUS * NANOSECONDS,
    online_cpus: CPUS,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
}
