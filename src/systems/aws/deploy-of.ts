import { whoseToken } from '../../insight/token.ts';
import type { DeployStatus } from '../../model/deploy.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { member } from './member.ts';
import { type HistoryEvent, isEnd, isGroup, isLaunch } from './stack-events.ts';
import { BUILD_TAG, DEPLOYED_BY_TAG, tagValue } from './tags.ts';
import type { StackUpdate } from './updates.ts';
import { versionInUserData } from './user-data.ts';

/** What a stack's operation tells about a deploy. */
export interface ToldDeploy {
  /** null: it changed no launch template or configuration (yet). */
  readonly version: SafeText | null;
  readonly status: DeployStatus;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly who: SafeText;
  readonly reference: SafeText | null;
}

/** @param image repository without registry and tag; null: not configured */
export function deployOf({ events }: StackUpdate, image: string | null): ToldDeploy {
  // The first one of each: an automatic rollback repeats them with the old properties.
  const launch = events.find((event) => isLaunch(event.resourceType) && event.properties !== null);
  const group = events.find((event) => isGroup(event.resourceType) && event.properties !== null);
  const tags = tagsIn(parsed(group));
  const us = whoseToken(events[0].token ?? '')?.who;
  const build = tagValue(tags, BUILD_TAG);
  const end = events.findLast(isEnd);
  const over = end !== undefined && end === events.findLast((event) => event.ofStack);
  return {
    version: versionInUserData(userDataIn(parsed(launch)), image),
    status: over ? statusOf(events, end) : 'in_progress',
    startedAt: events[0].at,
    finishedAt: over ? end.at : null,
    // A rollback keeps the stack's parameters, so its tags still name who deployed before.
    who: us !== undefined ? safeText(us) : (tagValue(tags, DEPLOYED_BY_TAG) ?? ownText('unknown')),
    reference: us !== undefined || build === null ? null : safeText(`#${build.replace(/^#/, '')}`),
  };
}

function statusOf(events: readonly HistoryEvent[], end: HistoryEvent): DeployStatus {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(end.rawStatus)) return 'succeeded';
  const back = events.find((event) => event.ofStack && event.rawStatus.endsWith('ROLLBACK_IN_PROGRESS'));
  // A failure names the resources that failed; a cancellation was somebody's wish.
  return back?.reason != null && /user initiated|cancel/i.test(back.reason) ? 'cancelled' : 'failed';
}

function parsed(event: HistoryEvent | undefined): unknown {
  try {
    return JSON.parse(event?.properties ?? 'null');
  } catch {
    return null;
  }
}

function userDataIn(properties: unknown): unknown {
  return member(member(properties, 'LaunchTemplateData'), 'UserData') ?? member(properties, 'UserData');
}

function tagsIn(properties: unknown): { Key: string; Value: string }[] {
  const tags = member(properties, 'Tags');
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((tag: unknown) => {
    const key = member(tag, 'Key');
    const value = member(tag, 'Value');
    return typeof key === 'string' && typeof value === 'string' ? [{ Key: key, Value: value }] : [];
  });
}
