import type { ImageFact, LabelsFact } from '../../insight/rollback/facts.ts';
import { Failure } from '../../model/failure.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import { nearestVersions } from './nearest-versions.ts';
import type { Place } from './place.ts';

const VERSIONS_READ = 100;

/** The image of that version, or those of which it may be a misspelling. */
export async function readImage(
  { systems }: ActionContext,
  { service, environment }: Place,
  version: string,
  signal: AbortSignal | undefined,
): Promise<ImageFact> {
  try {
    const images = await systems.images();
    const found = await images.image(service, environment, version, signal);
    if (found !== null) return { kind: 'found', image: found };
    const known = await images.images(service, environment, VERSIONS_READ, signal);
    const versions = known.map((each) => each.version);
    return { kind: 'missing', nearest: nearestVersions(version, versions) };
  } catch (thrown) {
    return { kind: 'unread', why: textOf(thrown) };
  }
}

/** null: the registry has no such version. */
export async function readDigest(
  { systems }: ActionContext,
  { service, environment }: Place,
  version: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const images = await systems.images();
  return (await images.image(service, environment, version, signal))?.digest ?? null;
}

/** What both images say of themselves; they lie where not everybody may read, and nobody has to wait long for it. */
export async function readLabels(
  { systems, catalog, limits }: ActionContext,
  { service, environment }: Place,
  from: string | null,
  to: string | null,
  signal: AbortSignal | undefined,
): Promise<LabelsFact> {
  if (from === null || to === null) return { kind: 'unread', why: 'there are no two versions to compare.' };
  if (catalog.migrationLabels.length === 0) return { kind: 'read', from: null, to: null };
  try {
    const images = await systems.images();
    const read = (each: AbortSignal) => images.labels(service, environment, [from, to], each);
    const labels = await within('aws', limits.read, read, signal);
    return { kind: 'read', from: labels.get(from) ?? null, to: labels.get(to) ?? null };
  } catch (thrown) {
    return { kind: 'unread', why: textOf(thrown) };
  }
}

/** Of a failed reading; whatever else was thrown is a mistake of ours and goes on. */
function textOf(thrown: unknown): string {
  if (thrown instanceof Failure) return thrown.text;
  throw thrown;
}
