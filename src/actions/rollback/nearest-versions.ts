import { distance } from 'fastest-levenshtein';

const SHOWN = 3;

/** The versions that are written most like the wanted one; among equals, the order given (newest first). */
export function nearestVersions(wanted: string, known: readonly string[]): readonly string[] {
  return known
    .map((version) => ({ version, far: distance(wanted, version) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, SHOWN)
    .map(({ version }) => version);
}
