import { API_VERSION, ENGINE_VERSION, type Engine, fingerprint, isUp, MIN_API_VERSION } from './engine.ts';

const KERNEL = '6.12.48-69.114.amzn2023.x86_64';

/** GET /version. */
export function version(): unknown {
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: ENGINE_VERSION,
        Details: { ApiVersion: API_VERSION, MinAPIVersion: MIN_API_VERSION },
      },
    ],
    Version: ENGINE_VERSION,
    ApiVersion: API_VERSION,
    MinAPIVersion: MIN_API_VERSION,
    GitCommit: '89c5e8f',
    GoVersion: 'go1.24.9',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: KERNEL,
    BuildTime: '2025-11-05T14:43:25.000000000+00:00',
  };
}

/** GET /info. */
export function info(engine: Engine): unknown {
  const { containers, instance, world } = engine;
  const count = (state: string) => containers.filter((container) => container.state === state).length;
  return {
    ID: `practice-${fingerprint(instance.id).toString(16)}`,
    Name: `ip-${instance.address.replaceAll('.', '-')}`,
    Containers: containers.length,
    ContainersRunning: containers.filter(isUp).length - count('paused'),
    ContainersPaused: count('paused'),
    ContainersStopped: containers.filter((container) => !isUp(container)).length,
    Images: new Set(containers.map((container) => container.image)).size,
    Driver: 'overlayfs',
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
    SystemTime: new Date(world.now()).toISOString(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    KernelVersion: KERNEL,
    OperatingSystem: 'Amazon Linux 2023',
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: 4,
    MemTotal: 8_207_400_960,
    ServerVersion: ENGINE_VERSION,
    Labels: [],
    Warnings: null,
  };
}
