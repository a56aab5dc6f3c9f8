import type { AwsError } from './protocol.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * One page of a list that is the same at every call; the token is opaque, as AWS's are.
 * @param invalid what to throw for a token that is not ours
 */
export function pageOf<T>(
  all: readonly T[],
  size: number,
  token: string | null,
  invalid: () => AwsError,
): Page<T> {
  const from = token === null ? 0 : offsetIn(token);
  if (from === null || from > all.length) throw invalid();
  const end = from + size;
  return { items: all.slice(from, end), next: end < all.length ? tokenFor(end) : undefined };
}

export function tokenFor(offset: number): string {
  return Buffer.from(`practice:${offset}`).toString('base64');
}

/** null: not a token of ours. */
export function offsetIn(token: string): number | null {
  const offset = /^practice:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  return offset === undefined ? null : Number(offset);
}
