import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant; null when none is close enough to be worth saying. */
export function nearest(wrong: string, known: readonly string[]): string | null {
  const typed = wrong.toLowerCase();
  let best: { name: string; cost: number } | null = null;
  for (const name of known) {
    const candidate = name.toLowerCase();
    const begun = typed.length >= 3 && candidate.startsWith(typed);
    const cost = begun ? 0.5 : distance(typed, candidate);
    const allowed = begun ? 1 : tolerance(Math.max(typed.length, candidate.length));
    if (cost <= allowed && (best === null || cost < best.cost)) best = { name, cost };
  }
  return best?.name ?? null;
}

/** Mistyped letters that still let the name be known; two letters that changed places count as two. */
function tolerance(length: number): number {
  return length <= 3 ? 1 : Math.ceil(length * 0.4);
}

/** ` Did you mean X?`, or nothing; to end a sentence about an unknown name. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const name = nearest(wrong, known);
  return name === null ? '' : ` Did you mean ${name}?`;
}
