import type { Container, Group, Instance } from '../../model/fleet.ts';
import { isStarting, isTroubled } from '../../text/fleet-lines.ts';

export type FleetRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: Group; readonly open: boolean }
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
  return newestFirst(groups).flatMap((group): FleetRow[] => {
    const key = `group ${group.name}`;
    const open = !toggled.has(key);
    const instances = open
      ? group.instances.flatMap((each) => instanceRows(group, each, toggled, matches))
      : [];
    return [{ kind: 'group', key, group, open }, ...instances];
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
export function instanceState({ lifecycle, health, containers }: Instance): InstanceState {
  if (lifecycle.startsWith('Terminat')) return 'leaving';
  if (containers?.some(isTroubled)) return 'unhealthy';
  if (lifecycle.startsWith('Pending')) return 'starting';
  if (health !== 'Healthy') return 'unhealthy';
  return containers?.some(isStarting) ? 'starting' : 'well';
}
