import type { Card } from '../../model/card.ts';
import type { Deploy, DeployStatus } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import { isStale, type Reading, systemNow } from '../../model/reading.ts';
import { waitText } from '../../text/coming-line.ts';
import { firstName } from '../stores/who.ts';
import { staleAge } from '../widgets/header-lines.ts';
import { cell, type Line } from '../widgets/line.ts';

/** A pane with less room than this, and more deploys than fit beside the row, is for these alone. */
const LEAST_ROOM = 4;
const ENDED_BADLY: ReadonlySet<DeployStatus> = new Set(['failed', 'cancelled', 'rolled_back']);

export interface ComingFacts {
  readonly service: string;
  /** All that are known of the service. */
  readonly deploys: readonly Deploy[];
  /** How many of them the pane has to show, in how many rows. */
  readonly shown: number;
  readonly room: number;
  /** One of them is marked as the suspect: versions stand further to the right. */
  readonly suspect: boolean;
  /** This machine's clock. */
  readonly now: Instant;
}

/**
 * ` next    1.0.284   in Deploy 2h  dora  Round cents half-even`: what the board has waiting for the service, in a row
 * above its deploys; none where nothing waits that is not among them, where no board is configured, and where the deploys
 * need the room.
 */
export function comingLines(board: Reading<readonly Card[]>, facts: ComingFacts): Line[] {
  const { service, shown, room, suspect, now } = facts;
  const [first, ...more] = (board.value ?? []).filter(
    (card) => card.service === service && !isOnItsWay(card, facts.deploys),
  );
  if (first === undefined || (room < LEAST_ROOM && shown >= room)) return [];
  const words = [
    cell(first.version ?? '–', 8),
    waitText(first, systemNow(board, now)),
    first.who === null ? '' : firstName(first.who),
    more.length === 0 ? '' : `and ${more.length} more`,
    board.error !== null || isStale(board, now) ? `STALE ${staleAge(board, now)}` : '',
    first.title,
  ];
  const told = words.filter((word) => word !== '').join('  ');
  return [
    [
      { text: ` ${cell('next', suspect ? 7 : 4)}`, tone: 'accent' },
      { text: ` ${told}`, tone: 'muted' },
    ],
  ];
}

/** Its deploy has a row of its own: it waits in a pipeline, is under way, or is out, and nobody moved the card. */
function isOnItsWay({ version }: Card, deploys: readonly Deploy[]): boolean {
  const newest = deploys.find((deploy) => deploy.version === version);
  return newest !== undefined && !ENDED_BADLY.has(newest.status);
}
