import { type Instant, SECOND } from '../model/instant.ts';
import { clock, duration, timeOfDay } from './time.ts';

/** What a beginning is set against; null: not known. */
export interface OnsetMarks {
  readonly deploy: { readonly version: string; readonly landedAt: Instant } | null;
  readonly trigger: Instant | null;
}

/** `began 03:02:41, while 1.0.283 landed, 5m19s before the incident`; of what there is more of, `rose 03:02:41, …`. */
export function onsetText(kind: 'new' | 'more', at: Instant, { deploy, trigger }: OnsetMarks): string {
  const parts = [`${kind === 'new' ? 'began' : 'rose'} ${timeOfDay(at)}`];
  if (deploy !== null) {
    const { version, landedAt } = deploy;
    parts.push(at < landedAt ? `while ${version} landed` : `${apart(at, landedAt)} ${version} landed`);
  }
  if (trigger !== null) parts.push(`${apart(at, trigger)} the incident`);
  return parts.join(', ');
}

/** `02:41–02:56`, in UTC. */
export function spanText(from: Instant, to: Instant): string {
  return `${clock(from)}–${clock(to)}`;
}

function apart(at: Instant, mark: Instant): string {
  if (Math.abs(at - mark) < SECOND) return 'as';
  return `${duration(Math.abs(at - mark))} ${at < mark ? 'before' : 'after'}`;
}
