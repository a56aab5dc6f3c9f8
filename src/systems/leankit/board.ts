import type { Card } from '../../model/card.ts';
import { type Instant, localNow, MINUTE } from '../../model/instant.ts';
import type { Board } from '../../model/ports/board.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { LeankitClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { type DeployLane, deployLane } from './lanes.ts';
import { type Named, namesIn } from './names.ts';
import type { LeankitCard } from './wire.ts';

/** Lanes seldom change, and Leankit asks not to look them up each time. */
const LANES_KEPT = 10 * MINUTE;
const MOST_PAGES = 5;

/** The cards of the Deploy lane, and of the lanes inside it. */
export function openBoard(deps: AdapterDeps): Board {
  const settings = settingsOf(deps, SYSTEM);
  const client = new LeankitClient(deps);
  const namesOf = namesIn(deps.loaded.catalog.services, settings.card);
  let known: { readonly lane: DeployLane; readonly at: Instant } | null = null;

  async function lane(signal?: AbortSignal): Promise<DeployLane> {
    if (known === null || localNow() - known.at > LANES_KEPT) {
      known = { lane: deployLane(await client.board(signal), settings.lane), at: localNow() };
    }
    return known.lane;
  }

  return {
    async coming(signal) {
      const { name, ids } = await lane(signal);
      const query = { by: { lanes: ids.join(',') }, pages: MOST_PAGES };
      const cards = await client.cards(query, signal);
      return cards
        .map((card) => toCard(card, namesOf(textsOf(card)), name, client.base))
        .toSorted(longestFirst);
    },
  };
}

/** @param base URL of the account, without a slash at the end */
function toCard(card: LeankitCard, named: Named, lane: SafeText, base: string): Card {
  const [assigned] = card.assignedUsers ?? [];
  return {
    id: card.id,
    title: card.title,
    ...named,
    who: assigned?.fullName ?? assigned?.emailAddress ?? null,
    lane,
    since: card.movedOn ?? null,
    url: safeText(`${base}/card/${encodeURIComponent(card.id)}`),
  };
}

/** Where a card names service and version: its header first. */
export function textsOf({ customId, title }: LeankitCard): readonly string[] {
  return [customId?.value ?? '', title];
}

function longestFirst(one: Card, other: Card): number {
  return (one.since ?? Number.POSITIVE_INFINITY) - (other.since ?? Number.POSITIVE_INFINITY) || 0;
}
