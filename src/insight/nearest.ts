import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant; null when none is close enough to be worth saying. */
export function nearest(wrong: string, known: readonly string[]): string | null {
  const typed = wrong.toLowerCase();
  let best: { name: string; cost: number } | null = null;
  for (const name of known) {
    const candidate = name.toLowerCase();
    const begun = typed.length >= 3 && candidate.startsWith(typed);
    const cost = begun ? 0.5 : distance(typed, candidate);
    const allowed = begun ? 1 : Math.max(1, Math.floor(Math.max(typed.length, candidate.length) * 0.4));
    if (cost <= allowed && (best === null || cost < best.cost)) best = { name, cost };
  }
  return best?.name ?? null;
}

/** ` Did you mean X?`, or nothing; to end a sentence about an unknown name. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const name = nearest(wrong, known);
  return name === null ? '' : ` Did you mean ${name}?`;
}
