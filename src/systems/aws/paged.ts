import { Failure } from '../../model/failure.ts';
import { isLasting } from './call.ts';

const MAX_PAGES = 30;
/** More than any account has of what is read whole; a server that goes round in a circle is left here. */
const MOST_PAGES = 200;

/** One page: what is on it, and the token of the next. */
export type Page<T> = (
  token: string | undefined,
) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>;

/** All pages, one after the other, for what is wrong where a part of it lacks: more than 200 are a Failure. */
export async function allPages<T>(permission: string, page: Page<T>): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { items, next } = await page(token);
    found.push(...items);
    if (next === undefined || next === '') return found;
    if (next === token) break;
    token = next;
  }
  throw new Failure('aws', 'unreadable', `The pages of ${permission} come to no end: it was given up.`);
}

/** What was not read, each told once. */
export class Gaps {
  readonly #told = new Set<string>();

  add(sentence: string): void {
    this.#told.add(sentence);
  }

  get told(): readonly string[] {
    return [...this.#told];
  }
}

/** Pages one after the other, at most 30; a permission that lacks is a gap and no failure. */
export async function paged<T>(permission: string, gaps: Gaps, page: Page<T>): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  try {
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const { items, next } = await page(token);
      found.push(...items);
      if (next === undefined || next === '') return found;
      token = next;
    }
    gaps.add(`${permission} has more than ${MAX_PAGES} pages: the rest was not read.`);
  } catch (thrown) {
    if (!isLasting(thrown)) throw thrown;
    gaps.add(`${permission} is not allowed: nothing was found by it.`);
  }
  return found;
}
