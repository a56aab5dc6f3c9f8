import type { PracticeContainer } from '../../world/state.ts';
import { type Engine, fingerprint, isUp, labelsOf, pidOf, statusText } from './engine.ts';
import { filtered } from './filters.ts';

const NEVER = '0001-01-01T00:00:00Z';
const NETWORK = 'host';

/** GET /containers/json, newest first. */
export function listContainers(engine: Engine, query: URLSearchParams): unknown[] {
  const limit = Number(query.get('limit')) || Infinity;
  return filtered(engine, query)
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, limit)
    .map((container) => ({
      Id: container.id,
      Names: [`/${container.name}`],
      Image: container.image,
      ImageID: container.imageDigest,
      Command: `/app/bin/${container.name}`,
      Created: Math.floor(container.createdAt / 1000),
      Ports: [],
      Labels: labelsOf(engine, container),
      State: container.state,
      Status: statusText(container, engine.world.now()),
      HostConfig: { NetworkMode: NETWORK },
      NetworkSettings: { Networks: { [NETWORK]: { NetworkID: '', IPAddress: '' } } },
      Mounts: [],
    }));
}

/** GET /containers/{id}/json. */
export function inspectContainer(engine: Engine, container: PracticeContainer): unknown {
  return {
    Id: container.id,
    Created: time(container.createdAt),
    Path: `/app/bin/${container.name}`,
    Args: [],
    State: stateOf(engine, container),
    // The containerd image store names images by the digest of their manifest.
    Image: container.imageDigest,
    Name: `/${container.name}`,
    RestartCount: container.restarts,
    Driver: 'overlayfs',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    LogPath: `/var/lib/docker/containers/${container.id}/${container.id}-json.log`,
    HostConfig: {
      NetworkMode: NETWORK,
      RestartPolicy: { Name: 'always', MaximumRetryCount: 0 },
      LogConfig: { Type: 'json-file', Config: {} },
      Memory: memoryLimit(container),
    },
    Config: {
      Hostname: engine.instance.id,
      Image: container.image,
      Tty: false,
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Labels: labelsOf(engine, container),
      ...(container.health === null ? {} : { Healthcheck: { Test: ['CMD', '/app/bin/health'] } }),
    },
    NetworkSettings: { Networks: { [NETWORK]: { NetworkID: '', IPAddress: '' } } },
    Mounts: [],
  };
}

/** Bytes a container may use. */
export function memoryLimit(container: PracticeContainer): number {
  return (256 + (fingerprint(container.name) % 4) * 256) * 1024 * 1024;
}

function stateOf(engine: Engine, container: PracticeContainer): unknown {
  const { state } = container;
  const ended = !isUp(container) || state === 'restarting';
  return {
    Status: state,
    Running: isUp(container),
    Paused: state === 'paused',
    Restarting: state === 'restarting',
    OOMKilled: container.outOfMemory,
    Dead: state === 'dead',
    Pid: pidOf(container),
    ExitCode: container.exitCode,
    Error: '',
    StartedAt: state === 'created' ? NEVER : time(container.startedAt),
    FinishedAt: state !== 'created' && (ended || container.restarts > 0) ? time(container.startedAt) : NEVER,
    ...(container.health === null ? {} : { Health: healthOf(engine, container, container.health) }),
  };
}

function healthOf(engine: Engine, container: PracticeContainer, status: string): unknown {
  const bad = status === 'unhealthy';
  const at = Math.floor(engine.world.now() / 10_000) * 10_000;
  const probe = {
    Start: time(at),
    End: time(at + 41),
    ExitCode: bad ? 1 : 0,
    Output: bad ? 'GET /healthz: 500 Internal Server Error' : 'ok',
  };
  return {
    Status: status,
    FailingStreak: bad ? Math.max(3, Math.floor((at - container.startedAt) / 10_000)) : 0,
    Log: status === 'starting' ? [] : [probe],
  };
}

/** RFC 3339 with nanoseconds, as the engine writes times. */
function time(at: number): string {
  return new Date(at).toISOString().replace(/Z$/, '000000Z');
}
