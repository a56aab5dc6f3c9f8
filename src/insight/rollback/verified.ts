import type { Container, Group, Instance } from '../../model/fleet.ts';
import { servingGroup } from './capacity.ts';
import { type FrontView, frontView, type Trouble, trafficTrouble } from './front.ts';

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

export type Verification =
  /** `brief` is no whole sentence: more may follow. */
  | { readonly kind: 'good'; readonly text: string; readonly brief: string }
  | { readonly kind: 'not_yet' | 'unread'; readonly text: string };

/**
 * Whether every instance of the serving group is in service, healthy, for its load balancers too, and runs the wanted
 * image; and which image it is. Instances of an older group that still drain are no trouble.
 */
export function verified(groups: readonly Group[], containers: ContainersOf, wanted: Wanted): Verification {
  const serving = servingGroup(groups);
  if (serving === null) return { kind: 'not_yet', text: 'No group has instances.' };
  const front = frontView(serving);
  const troubles = serving.instances.flatMap((instance) => {
    const trouble =
      ofInstance(instance, containers.get(instance.id) ?? null, wanted) ?? trafficTrouble(front, instance);
    return trouble === null ? [] : [trouble];
  });
  if (front.kind === 'unread' && !front.lasting) {
    troubles.push({ unread: true, text: `What the load balancer thinks is not known: ${front.why}` });
  }
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
  const all = `${serving.instances.length} of ${serving.instances.length}`;
  const behind = front.kind === 'seen';
  if (!wanted.lookInside) {
    const health = behind ? ', healthy behind the load balancer' : '';
    return {
      kind: 'good',
      text: `${all} new instances are in service${health}; their containers are not looked into (not configured), so the image that they run is not known.${notSeen(front)}`,
      brief: `${all} instances in service${health}`,
    };
  }
  const health = behind ? 'healthy, also behind the load balancer,' : 'healthy,';
  return {
    kind: 'good',
    text: `${all} new instances are in service, ${health} and run ${wanted.version}${images(serving.instances, containers, wanted)}${notSeen(front)}`,
    brief: `${all} instances healthy at ${wanted.version}`,
  };
}

/** Why the sentence does not speak of a load balancer. */
function notSeen(front: FrontView): string {
  switch (front.kind) {
    case 'seen':
      return '';
    case 'none':
      return ' No load balancer is attached to their group.';
    case 'idle':
      return ` No load balancer uses ${front.names}.`;
    case 'unread':
      return ` What the load balancer thinks of them is not looked at: ${front.why}`;
  }
}

const NAMED = 4;

/** The digest that all run, or which instances run which: a tag can be moved, a digest cannot. */
function images(instances: readonly Instance[], containers: ContainersOf, { service }: Wanted): string {
  const byDigest = Map.groupBy(instances, ({ id }) => digestOf(containers.get(id) ?? [], service));
  const unknown = byDigest.get(null) ?? [];
  const known = [...byDigest].flatMap(([digest, on]) => (digest === null ? [] : [{ digest, on }]));
  const [only] = known;
  if (only === undefined) return '; the digest of their image is not known.';
  if (known.length > 1) {
    const each = known.map(({ digest, on }) => `${shortDigest(digest)} on ${names(on)}`);
    const rest = unknown.length === 0 ? '' : `, not known on ${names(unknown)}`;
    return `, but by that name not the same image: ${each.join(', ')}${rest}.`;
  }
  if (unknown.length === 0) return ` (${shortDigest(only.digest)}).`;
  return ` (${shortDigest(only.digest)} on ${names(only.on)}; the digest on ${names(unknown)} is not known).`;
}

function digestOf(containers: readonly Container[], service: string): string | null {
  return containers.find(({ name }) => name === service)?.imageDigest ?? null;
}

function names(instances: readonly Instance[]): string {
  const shown = instances.slice(0, NAMED).map(({ id }) => id);
  const more = instances.length - shown.length;
  return more > 0 ? `${shown.join(' ')} and ${more} more` : shown.join(' ');
}

/** `sha256:` and twelve digits, as registries' own pages show it. */
function shortDigest(digest: string): string {
  return digest.slice(0, 19);
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
    return sure(`runs another image by the name of ${version} (${shortDigest(container.imageDigest)}).`);
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
