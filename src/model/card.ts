import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** Work on a planning board that is about to go out. */
export interface Card {
  readonly id: string;
  readonly title: SafeText;
  /** As the catalog names it; null: the card names none. */
  readonly service: string | null;
  /** null: the card names none, or none of a service. */
  readonly version: SafeText | null;
  /** Who is assigned, the first of several; null: nobody. */
  readonly who: SafeText | null;
  /** The lane of what goes out next, as the board names it. */
  readonly lane: SafeText;
  /** When it was last moved there, or from one part of that lane to another; null: not told. */
  readonly since: Instant | null;
  readonly url: SafeText;
}
