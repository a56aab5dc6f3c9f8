import type { PracticeRequest } from '../server.ts';

const USUAL = 30;
const MOST = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Record<string, string>;
}

/** https://buildkite.com/docs/apis/rest-api#pagination: `page` and `per_page`, and the pages around it in `Link`. */
export function pageOf<T>({ query, origin, path }: PracticeRequest, all: readonly T[]): Page<T> {
  const size = Math.min(MOST, whole(query.get('per_page')) ?? USUAL);
  const page = whole(query.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (number: number, rel: string) => {
    const other = new URLSearchParams(query);
    other.set('page', String(number));
    return `<${origin}${path}?${other}>; rel="${rel}"`;
  };
  const before = page > 1 ? [link(1, 'first'), link(page - 1, 'prev')] : [];
  const after = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  const links = [...before, ...after];
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { Link: links.join(', ') },
  };
}

function whole(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}
