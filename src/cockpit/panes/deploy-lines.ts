import type { Deploy, DeployStatus } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import { day, duration, readingAge } from '../../text/time.ts';
import { width as columns } from '../../text/width.ts';
import { deployKey } from '../selectors.ts';
import type { Anchor } from '../stores/anchor.ts';
import { place } from '../stores/anchor.ts';
import { firstName } from '../stores/who.ts';
import type { Tone } from '../theme.ts';
import { cell, chosen, type Line, toWidth } from '../widgets/line.ts';

export interface DeployRows {
  readonly deploys: readonly Deploy[];
  /** The deploy that landed just before the trigger; null: none did. */
  readonly suspect: Deploy | null;
  /** The deploy whose version serves now; null: it is not known. */
  readonly running: Deploy | null;
  readonly incident: Incident | null;
  /** The releases' clock. */
  readonly now: Instant;
  readonly anchor: Anchor | null;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

/** `SUSPECT 1.0.283  6m before trigger  dora  #412  5m43s` */
export function deployLines(rows: DeployRows): Line[] {
  const { deploys, width, height } = rows;
  const { top, index } = place(deploys.map(deployKey), rows.anchor, height);
  const widths = {
    version: longest(
      deploys.map(({ version }) => version),
      8,
      20,
    ),
    when: longest(
      deploys.map((deploy) => when(rows, deploy)),
      8,
      20,
    ),
    who: longest(
      deploys.map(({ who }) => firstName(who)),
      4,
      12,
    ),
    reference: longest(
      deploys.map(({ reference }) => reference ?? ''),
      0,
      8,
    ),
  };
  return deploys.slice(top, top + height).map((deploy, offset) => {
    const cursor = top + offset === index;
    const suspect = deploy === rows.suspect;
    const outcome = outcomeOf(deploy, rows.now);
    const line: Line = [
      { text: rows.focused && cursor ? '▶' : ' ' },
      { text: rows.suspect === null ? '' : cell(suspect ? 'SUSPECT' : '', 7), tone: 'alarm' },
      { text: ` ${cell(deploy.version, widths.version)}  `, bold: suspect },
      { text: `${cell(when(rows, deploy), widths.when)}  `, ...(suspect ? {} : { tone: 'muted' as const }) },
      { text: `${cell(firstName(deploy.who), widths.who)}  ` },
      { text: cell(deploy.reference ?? '', widths.reference), tone: 'muted' },
      ...(deploy === rows.running ? [{ text: '  runs', tone: 'good' as const }] : []),
      { text: `  ${outcome.text}`, ...(outcome.tone && { tone: outcome.tone }) },
    ];
    return rows.focused && cursor ? chosen(line, width) : toWidth(line, width);
  });
}

/** When a deploy was, told from the incident's trigger where it is near: `6m before trigger`. */
export function when({ incident, now }: Pick<DeployRows, 'incident' | 'now'>, deploy: Deploy): string {
  const end = deploy.finishedAt ?? deploy.startedAt;
  if (incident !== null) {
    const before = incident.triggeredAt - end;
    if (before >= 0 && before <= 90 * MINUTE) return `${readingAge(before) || '<30s'} before trigger`;
    if (before < 0 && now - end < 90 * MINUTE) return past(now - end);
  }
  return now - end < 60 * MINUTE ? past(now - end) : day(end, now);
}

function past(ms: number): string {
  const words = readingAge(ms);
  return words === '' ? 'just now' : `${words} ago`;
}

const OUTCOMES: Readonly<Record<DeployStatus, { readonly text: string; readonly tone?: Tone }>> = {
  succeeded: { text: '' },
  waiting: { text: 'waits', tone: 'warn' },
  in_progress: { text: 'under way', tone: 'accent' },
  failed: { text: 'failed', tone: 'bad' },
  cancelled: { text: 'cancelled', tone: 'warn' },
  rolled_back: { text: 'rolled back', tone: 'warn' },
};

function outcomeOf(deploy: Deploy, now: Instant): { readonly text: string; readonly tone?: Tone } {
  const outcome = OUTCOMES[deploy.status];
  const took = duration((deploy.finishedAt ?? now) - deploy.startedAt);
  if (deploy.waiting !== null) return { text: `waits for u: ${deploy.waiting.label}`, tone: 'warn' };
  if (deploy.status === 'succeeded') return { text: took, tone: 'muted' };
  return deploy.finishedAt === null ? outcome : { ...outcome, text: `${outcome.text} ${took}` };
}

function longest(texts: readonly string[], min: number, max: number): number {
  return Math.min(
    max,
    texts.reduce((width, text) => Math.max(width, columns(text)), min),
  );
}
