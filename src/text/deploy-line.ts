import type { Deploy } from '../model/deploy.ts';
import { DAY, type Instant } from '../model/instant.ts';
import type { Tone } from './paint.ts';
import type { Cell, Column } from './table.ts';
import { ago, duration } from './time.ts';

/** Suspect, version, when, who, reference, how long it took, how it ended. */
export const DEPLOY_COLUMNS: readonly Column[] = [
  {},
  {},
  {},
  { gives: true },
  {},
  { align: 'right' },
  {},
  {},
];

const TONES: Readonly<Record<Deploy['status'], Tone | null>> = {
  waiting: 'warn',
  in_progress: 'accent',
  succeeded: null,
  failed: 'bad',
  cancelled: 'warn',
  rolled_back: 'warn',
};

/** `SUSPECT  1.0.283  10m ago  dora  #412  5m43s  succeeded  6m before trigger`; `now` by the system's clock. */
export function deployCells(deploy: Deploy, now: Instant, minutesBefore: number | null): readonly Cell[] {
  const took = (deploy.finishedAt ?? now) - deploy.startedAt;
  return [
    { text: minutesBefore === null ? '' : 'SUSPECT', tone: 'warn' },
    { text: deploy.version, tone: 'strong' },
    { text: since(deploy, now) },
    { text: deploy.who },
    { text: deploy.reference ?? '', tone: 'muted' },
    { text: deploy.finishedAt === null ? `${duration(took)} so far` : duration(took) },
    { text: outcome(deploy), tone: TONES[deploy.status] },
    { text: minutesBefore === null ? '' : `${minutesBefore}m before trigger`, tone: 'warn' },
  ];
}

/** Where it waits, as its pipeline calls the step. */
function outcome({ status, waiting }: Deploy): string {
  return status === 'waiting' && waiting !== null ? `waits: ${waiting.label}` : status.replaceAll('_', ' ');
}

function since(deploy: Deploy, now: Instant): string {
  const past = now - (deploy.finishedAt ?? deploy.startedAt);
  const words = ago(past);
  return past >= DAY && past < 2 * DAY ? words : `${words} ago`;
}
