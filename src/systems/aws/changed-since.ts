import { type SafeText, safeText } from '../../model/safe-text.ts';
import { deployOf } from './deploy-of.ts';
import { member } from './member.ts';
import { type HistoryEvent, isGroup, isLaunch } from './stack-events.ts';
import type { StackUpdate } from './updates.ts';
import { versionInUserData, withoutVersion } from './user-data.ts';

/**
 * Settings that go with each release, or that have a check of their own: names and references of what is made anew,
 * tags (version, build, who), sizes.
 */
const OF_RELEASE = new Set([
  'AutoScalingGroupName',
  'LaunchConfigurationName',
  'LaunchTemplateName',
  'LaunchTemplateId',
  'LaunchTemplate',
  'Tags',
  'TagSpecifications',
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
]);

/**
 * Compares what the events of two deploys say that group and launch template were made with. A template that changed
 * elsewhere does not show here.
 * @param updates newest first
 * @param image repository without registry and tag; null: not configured
 * @returns null: one of the two deploys is not told of
 */
export function changedSince(
  updates: readonly StackUpdate[],
  image: string | null,
  version: string,
): readonly SafeText[] | null {
  const served = updates
    .map((update) => ({ update, deploy: deployOf(update, image) }))
    .filter(({ deploy }) => deploy.status === 'succeeded' && deploy.version !== null);
  const now = served[0]?.update;
  const then = served.find(({ deploy }) => deploy.version === version)?.update;
  if (now === undefined || then === undefined) return null;
  const [newer, older] = [settings(now), settings(then)];
  const names = [...new Set([...newer.keys(), ...older.keys()])];
  return names.filter((name) => newer.get(name) !== older.get(name)).map((name) => safeText(name));
}

/** By `LaunchTemplate ImageId`: the value as JSON. */
function settings({ events }: StackUpdate): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const is of [isLaunch, isGroup]) {
    // The first one: an automatic rollback repeats it with the old properties.
    const event = events.find(({ resourceType, properties }) => is(resourceType) && properties !== null);
    if (event === undefined) continue;
    const told = parsed(event);
    const data = member(told, 'LaunchTemplateData') ?? told;
    if (typeof data !== 'object' || data === null) continue;
    for (const [name, value] of Object.entries(data)) {
      if (OF_RELEASE.has(name)) continue;
      found.set(`${event.resource} ${name}`, name === 'UserData' ? script(value) : JSON.stringify(value));
    }
  }
  return found;
}

/** User data but for the version that it starts. */
function script(userData: unknown): string {
  const version = versionInUserData(userData, null);
  return version === null || typeof userData !== 'string'
    ? JSON.stringify(userData)
    : withoutVersion(userData, version);
}

function parsed({ properties }: HistoryEvent): unknown {
  try {
    return JSON.parse(properties ?? 'null');
  } catch {
    return null;
  }
}
