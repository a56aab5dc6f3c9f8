import { distance } from 'fastest-levenshtein';

const SHOWN = 3;
/** More mistyped characters than that, and no version is meant: then the newest ones are of more use. */
const NEAR = 1;

/** The versions written most like the wanted one; where none is close, the first of the given (newest first). */
export function nearestVersions(wanted: string, known: readonly string[]): readonly string[] {
  const near = known
    .map((version) => ({ version, far: distance(wanted, version) }))
    .filter(({ far }) => far <= NEAR)
    .sort((a, b) => a.far - b.far)
    .map(({ version }) => version);
  return (near.length > 0 ? near : known).slice(0, SHOWN);
}
