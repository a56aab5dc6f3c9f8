import { hash } from 'node:crypto';
import type { Instant } from '../../model/instant.ts';

/** What pages and sessions both tell of an event. */
export interface EventFacts {
  readonly stream: string;
  readonly at: Instant;
  readonly message: string;
}

/** Events that look the same: so many were found by pages, so many told by the session, so many of them shown. */
interface Alike {
  readonly at: Instant;
  found: number;
  told: number;
  session: number;
  shown: number;
}

/** Both are forgotten oldest first from here on: no window of events is as large. */
const MOST_REMEMBERED = 500_000;

/**
 * Shows each event once, whoever brings it. A page names an event's id, a Live Tail session does not; both tell its
 * stream, its time and its text, which several events may share. Such events cannot be told apart by anybody: the
 * n-th of them is shown when pages or the session have brought n. Neither brings an event twice but by its id, so in
 * the end, when the pages are complete, as many are shown as there are. The ingestion time is left out, as nothing
 * promises that both tell the same one.
 */
export class Ledger {
  readonly #alike = new Map<string, Alike>();
  readonly #found = new Map<string, Instant>();
  #session = 0;

  /** An event of a page; its line's id, or null where it was shown before. */
  found(eventId: string, facts: EventFacts): string | null {
    if (this.#found.has(eventId)) return null;
    this.#found.set(eventId, facts.at);
    dropOldest(this.#found);
    const { key, alike } = this.#of(facts);
    alike.found += 1;
    return show(key, alike, alike.found);
  }

  /** An event of the session under way; its line's id, or null where it was shown before. */
  told(facts: EventFacts): string | null {
    const { key, alike } = this.#of(facts);
    if (alike.session !== this.#session) {
      alike.session = this.#session;
      alike.told = 0;
    }
    alike.told += 1;
    return show(key, alike, alike.told);
  }

  /** What the next session tells may have been told by the last one. */
  newSession(): void {
    this.#session += 1;
  }

  /** No page will be asked for events before this. */
  forget(before: Instant): void {
    for (const [key, { at }] of this.#alike) if (at < before) this.#alike.delete(key);
    for (const [id, at] of this.#found) if (at < before) this.#found.delete(id);
  }

  #of({ stream, at, message }: EventFacts): { readonly key: string; readonly alike: Alike } {
    const key = hash('sha1', `${stream}\n${at}\n${message}`, 'base64url');
    const known = this.#alike.get(key);
    if (known !== undefined) return { key, alike: known };
    const alike: Alike = { at, found: 0, told: 0, session: this.#session, shown: 0 };
    this.#alike.set(key, alike);
    dropOldest(this.#alike);
    return { key, alike };
  }
}

/** The same for the same event, whenever it is read. */
function show(key: string, alike: Alike, n: number): string | null {
  if (n <= alike.shown) return null;
  alike.shown = n;
  return `${key}:${n}`;
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size <= MOST_REMEMBERED) return;
  for (const [oldest] of map) {
    map.delete(oldest);
    return;
  }
}
