import type { PracticeRequest } from '../server.ts';

const MOST = 100;

export interface Cut<T> {
  readonly items: readonly T[];
  readonly page: number;
  /** `Link` with the pages around it; nothing where all is on one. */
  readonly headers: Record<string, string>;
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function cut<T>({ query, origin, path }: PracticeRequest, all: readonly T[], usual: number): Cut<T> {
  const asked = Number(query.get('per_page') ?? usual);
  const size = asked >= 1 ? Math.min(asked, Math.max(MOST, usual)) : usual;
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (number: number, rel: string) => {
    const other = new URLSearchParams(query);
    other.set('page', String(number));
    return `<${origin}${path}?${other}>; rel="${rel}"`;
  };
  const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  return {
    items: all.slice((page - 1) * size, page * size),
    page,
    headers: links.length === 0 ? {} : { Link: links.join(', ') },
  };
}
