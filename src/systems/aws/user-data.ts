import { gunzipSync } from 'node:zlib';
import { type SafeText, safeText } from '../../model/safe-text.ts';

const MAX_BYTES = 256 * 1024;
/** A tag as the registry allows it: https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

/**
 * The version that user data starts: the tag of the service's image where it is named, else of `IMAGE=`.
 * @param userData base64 as EC2 stores it (gzip inside is allowed); intrinsic functions of a template give null
 * @param image repository without registry and tag; null: not configured
 */
export function versionInUserData(userData: unknown, image: string | null): SafeText | null {
  if (typeof userData !== 'string') return null;
  const text = decoded(userData);
  if (text === null) return null;
  const patterns = [
    ...(image === null ? [] : [`(?:^|[/\\s"'=])${escaped(image)}:(${TAG})`]),
    `\\bIMAGE=["']?[^\\s"':]+(?::\\d+/[^\\s"':]+)?:(${TAG})`,
  ];
  for (const pattern of patterns) {
    const version = new RegExp(pattern, 'm').exec(text)?.[1];
    if (version !== undefined) return safeText(version);
  }
  return null;
}

/** What the user data does but for that version, to compare one release with another. */
export function withoutVersion(userData: string, version: string): string {
  return (decoded(userData) ?? userData).replaceAll(version, '');
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function decoded(userData: string): string | null {
  const bytes = Buffer.from(userData.slice(0, MAX_BYTES), 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
  } catch {
    return null;
  }
}
