import type { Card } from '../model/card.ts';
import type { Instant } from '../model/instant.ts';
import type { Cell, Column } from './table.ts';
import { ago } from './time.ts';

/** Service, version, since when it waits, who, title. */
export const COMING_COLUMNS: readonly Column[] = [{}, {}, { align: 'right' }, {}, { gives: true }];

export function comingCells(card: Card, now: Instant): readonly Cell[] {
  return [
    { text: card.service ?? '–', tone: 'strong' },
    { text: card.version ?? '–' },
    { text: card.since === null ? '–' : ago(now - card.since), tone: 'muted' },
    { text: card.who ?? '–' },
    { text: card.title },
  ];
}

/** `in Deploy 2h`, `in Deploy since yesterday`; `now` by the board's own clock. */
export function waitText({ lane, since }: Card, now: Instant): string {
  if (since === null) return `in ${lane}`;
  const past = ago(now - since);
  return `in ${lane} ${past === 'yesterday' ? `since ${past}` : past}`;
}

/** `next  1.0.284  in Deploy 2h  Dora Lindqvist  Round cents half-even` */
export function comingText(card: Card, now: Instant): string {
  return ['next', card.version, waitText(card, now), card.who, card.title]
    .filter((part) => part !== null && part !== '')
    .join('  ');
}
