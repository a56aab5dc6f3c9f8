import type { Instant } from '../model/instant.ts';
import { clock, duration, timeOfDay } from './time.ts';

/** What a beginning is set against; null: not known. */
export interface OnsetMarks {
  readonly deploy: { readonly version: string; readonly at: Instant } | null;
  readonly trigger: Instant | null;
}

/** `since 03:02:41, 40s after deploy 1.0.283 began, 5m19s before the incident`. */
export function onsetText(at: Instant, { deploy, trigger }: OnsetMarks): string {
  const parts = [`since ${timeOfDay(at)}`];
  if (deploy !== null) parts.push(`${apart(at, deploy.at)} deploy ${deploy.version} began`);
  if (trigger !== null) parts.push(`${apart(at, trigger)} the incident`);
  return parts.join(', ');
}

/** `02:41–02:56`, in UTC. */
export function spanText(from: Instant, to: Instant): string {
  return `${clock(from)}–${clock(to)}`;
}

function apart(at: Instant, mark: Instant): string {
  if (Math.abs(at - mark) < 500) return 'with';
  return `${duration(Math.abs(at - mark))} ${at < mark ? 'before' : 'after'}`;
}
