import type { Container, Group, Instance } from '../../model/fleet.ts';
import { isStarting, isTroubled } from '../../text/fleet-lines.ts';
import { type TrafficLine, trafficLines } from '../../text/traffic.ts';

export type FleetRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: Group; readonly open: boolean }
  /** What the load balancer before the group thinks, where that matters. */
  | { readonly kind: 'traffic'; readonly key: string; readonly group: Group; readonly line: TrafficLine }
  | {
      readonly kind: 'instance';
      readonly key: string;
      readonly group: Group;
      readonly instance: Instance;
      readonly open: boolean;
    }
  | {
      readonly kind: 'container';
      readonly key: string;
      readonly instance: Instance;
      readonly container: Container;
    };

/** Groups newest first with their instances, as far as they are open: groups are unless closed, instances unless opened are not. */
export function fleetRows(
  groups: readonly Group[],
  toggled: ReadonlySet<string>,
  matches: (text: string) => boolean,
): readonly FleetRow[] {
  const ordered = newestFirst(groups);
  const traffic = trafficLines(ordered);
  return ordered.flatMap((group): FleetRow[] => {
    const key = `group ${group.name}`;
    const line = traffic.get(group.name);
    const open = !toggled.has(key);
    const instances = open
      ? group.instances.flatMap((each) => instanceRows(group, each, toggled, matches))
      : [];
    const told: FleetRow[] =
      open && line !== undefined ? [{ kind: 'traffic', key: `traffic ${group.name}`, group, line }] : [];
    return [{ kind: 'group', key, group, open }, ...told, ...instances];
  });
}

export function newestFirst(groups: readonly Group[]): readonly Group[] {
  return [...groups].sort((a, b) => b.createdAt - a.createdAt);
}

function instanceRows(
  group: Group,
  instance: Instance,
  toggled: ReadonlySet<string>,
  matches: (text: string) => boolean,
): FleetRow[] {
  if (!matches(instanceText(instance))) return [];
  const key = `instance ${instance.id}`;
  const open = toggled.has(key);
  const containers = open ? (instance.containers ?? []) : [];
  return [
    { kind: 'instance', key, group, instance, open },
    ...containers.map(
      (container): FleetRow => ({
        kind: 'container',
        key: `container ${instance.id} ${container.id}`,
        instance,
        container,
      }),
    ),
  ];
}

function instanceText(instance: Instance): string {
  const containers = (instance.containers ?? []).map(
    ({ name, state, health }) => `${name} ${state} ${health ?? ''}`,
  );
  return [instance.id, instance.zone, instance.lifecycle, instance.health, ...containers].join(' ');
}

export type InstanceState = 'well' | 'starting' | 'leaving' | 'unhealthy';

/** What to think of an instance: that it comes or goes is no fault. */
export function instanceState({ lifecycle, health, traffic, containers }: Instance): InstanceState {
  if (lifecycle.startsWith('Terminat')) return 'leaving';
  if (containers?.some(isTroubled)) return 'unhealthy';
  if (lifecycle.startsWith('Pending')) return 'starting';
  if (health !== 'Healthy' || traffic?.state === 'unhealthy') return 'unhealthy';
  return traffic?.state === 'initial' || containers?.some(isStarting) ? 'starting' : 'well';
}
