import type { Container, Group, Instance } from '../../model/fleet.ts';
import { servingGroup } from './capacity.ts';

export interface Wanted {
  readonly service: string;
  readonly version: string;
  /** null: not known. */
  readonly digest: string | null;
  /** False where no way to the containers is configured: then the instances' own state has to do. */
  readonly lookInside: boolean;
}

/** Containers of an instance as they were read; `null`: they could not be. */
export type ContainersOf = ReadonlyMap<string, readonly Container[] | null>;

export interface Verification {
  readonly kind: 'good' | 'not_yet' | 'unread';
  readonly text: string;
}

/** Whether every instance of the serving group is in service and runs the wanted image, healthy. */
export function verified(groups: readonly Group[], containers: ContainersOf, wanted: Wanted): Verification {
  const serving = servingGroup(groups);
  if (serving === null) return { kind: 'not_yet', text: 'No group has instances.' };
  const troubles = serving.instances.flatMap((instance) => {
    const trouble = ofInstance(instance, containers.get(instance.id) ?? null, wanted);
    return trouble === null ? [] : [trouble];
  });
  if (serving.instances.length < serving.desired) {
    troubles.push({
      unread: false,
      text: `${serving.instances.length} of ${serving.desired} instances are there.`,
    });
  }
  for (const other of groups) {
    const inService = other.instances.filter((instance) => instance.lifecycle === 'InService').length;
    if (other !== serving && inService > 0) {
      troubles.push({ unread: false, text: `${other.name} still has ${inService} instances in service.` });
    }
  }
  const certain = troubles.filter((trouble) => !trouble.unread);
  const told = (certain.length > 0 ? certain : troubles).map((trouble) => trouble.text);
  if (certain.length > 0) return { kind: 'not_yet', text: told.join(' ') };
  if (troubles.length > 0) return { kind: 'unread', text: told.join(' ') };
  const count = serving.instances.length;
  if (!wanted.lookInside) {
    return {
      kind: 'good',
      text: `${count} of ${count} new instances are in service; their containers are not looked into (not configured).`,
    };
  }
  return {
    kind: 'good',
    text: `${count} of ${count} new instances are in service and run ${wanted.version}, healthy.`,
  };
}

interface Trouble {
  readonly unread: boolean;
  readonly text: string;
}

function ofInstance(
  instance: Instance,
  containers: readonly Container[] | null,
  { service, version, digest, lookInside }: Wanted,
): Trouble | null {
  const sure = (text: string): Trouble => ({ unread: false, text: `${instance.id} ${text}` });
  if (instance.lifecycle !== 'InService') return sure(`is ${instance.lifecycle}.`);
  if (instance.health !== 'Healthy') return sure(`is ${instance.health}.`);
  if (!lookInside) return null;
  if (containers === null)
    return { unread: true, text: `The containers of ${instance.id} could not be read.` };
  const container = containers.find((each) => each.name === service);
  if (container === undefined) return sure(`has no container ${service}.`);
  if (tagOf(container.image) !== version) return sure(`runs ${container.image}.`);
  if (digest !== null && container.imageDigest !== null && container.imageDigest !== digest) {
    return sure(`runs another image by the name of ${version} (${container.imageDigest.slice(0, 19)}).`);
  }
  if (container.state !== 'running') return sure(`has ${service} ${container.state}.`);
  if (container.health !== null && container.health !== 'healthy')
    return sure(`has ${service} ${container.health}.`);
  return null;
}

/** `registry:5000/charge-central:1.0.282@sha256:…` → `1.0.282`. */
function tagOf(image: string): string | null {
  return /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? null;
}
