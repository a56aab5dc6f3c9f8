import * as z from 'zod';
import { decode } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';
import { TAG } from '../images/tag.ts';
import type { RegistryClient } from './client.ts';
import { SYSTEM } from './failure.ts';

/** Asked for; registries give fewer or more as they like. */
const PAGE = 1_000;
const MAX_PAGES = 100;
const MAX_TAGS = 20_000;

/** An empty repository has null. */
const page = z.object({ tags: z.array(z.string()).nullish() });

/** Signatures and attestations, which cosign puts beside an image as tags: no versions. */
const ABOUT_AN_IMAGE = /^sha256-[0-9a-f]{64}/;
const VERSION = /^v?\d+(\.\d+)+/;
const byNumbers = new Intl.Collator('en', { numeric: true });

/**
 * All tags of a repository, in no order that means anything. Of the link to the next page only the query is taken:
 * behind a proxy its host and path are often wrong, and a token goes to no other host.
 */
export async function listTags(
  client: RegistryClient,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const found = new Set<string>();
  let query: string | null = `?n=${PAGE}`;
  for (let read = 0; query !== null && read < MAX_PAGES && found.size < MAX_TAGS; read += 1) {
    const { answer, host } = await client.read(
      {
        method: 'GET',
        path: `/v2/${repository}/tags/list${query}`,
        repository,
        what: `the tags of ${repository}`,
      },
      signal,
    );
    const before = found.size;
    const { tags } = decode(SYSTEM, 'tags', page, parseJson(SYSTEM, host, answer.body));
    for (const tag of tags ?? []) if (TAG.test(tag)) found.add(tag);
    // A registry that does not know `last` gives the first page for ever.
    query = found.size === before ? null : nextQuery(answer.headers.link ?? '');
  }
  return [...found];
}

/** Versions by their numbers, highest first, then whatever else there is. */
export function likelyNewest(tags: readonly string[]): readonly string[] {
  return tags
    .filter((tag) => !ABOUT_AN_IMAGE.test(tag))
    .toSorted(
      (one, other) =>
        Number(VERSION.test(other)) - Number(VERSION.test(one)) || byNumbers.compare(other, one),
    );
}

/** https://www.rfc-editor.org/rfc/rfc8288: `<url>; rel="next"` */
export function nextQuery(link: string): string | null {
  const [, target] = /<([^>]*)>[^<]*\brel="?next\b/i.exec(link) ?? [];
  const search = target === undefined ? '' : (URL.parse(target, 'https://registry.invalid')?.search ?? '');
  return search === '' ? null : search;
}
