import { invalidInput } from './reply.ts';

const DEFAULT_LIMIT = 25;
const LARGEST_LIMIT = 100;
/** https://developer.pagerduty.com/docs/pagination: classic pagination ends here. */
const LAST_ITEM = 10_000;

/** One page of a list under its key, as PagerDuty's classic pagination cuts it. */
export function page<T>(
  query: URLSearchParams,
  key: string,
  all: readonly T[],
  show: (item: T) => unknown,
): unknown {
  const limit = Math.min(whole(query, 'limit', DEFAULT_LIMIT, 1), LARGEST_LIMIT);
  const offset = whole(query, 'offset', 0, 0);
  if (offset + limit > LAST_ITEM)
    throw invalidInput(`Offset and limit must not add up to more than ${LAST_ITEM}`);
  return {
    [key]: all.slice(offset, offset + limit).map(show),
    limit,
    offset,
    total: query.get('total') === 'true' ? all.length : null,
    more: offset + limit < all.length,
  };
}

function whole(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw invalidInput(`${name} must be a whole number from ${least}`);
}
