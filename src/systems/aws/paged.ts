import { isLasting } from './call.ts';

const MAX_PAGES = 30;

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
export async function paged<T>(
  permission: string,
  gaps: Gaps,
  page: (token: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<readonly T[]> {
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
