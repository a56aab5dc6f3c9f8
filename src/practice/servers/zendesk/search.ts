import type { PracticeRequest } from '../server.ts';
import { Refusal } from './refusal.ts';
import type { PracticeTicket } from './tickets.ts';

/** From new to closed: `status<solved` means those before it. */
const STATUSES: readonly string[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const MOST_A_PAGE = 100;
const MOST_RESULTS = 1_000;

export interface Found {
  readonly tickets: readonly PracticeTicket[];
  readonly count: number;
  readonly next: string | null;
}

/** `type:ticket status<solved tags:…`, newest first: https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ */
export function search({ query, origin, path }: PracticeRequest, all: readonly PracticeTicket[]): Found {
  const words = (query.get('query') ?? '').split(' ').filter((word) => word !== '');
  if (words.length === 0) throw new Refusal(422, 'invalid', 'Invalid search: the query is missing');
  const found = all
    .filter((ticket) => words.every((word) => matches(word, ticket)))
    .toSorted((one, other) => other.createdAt - one.createdAt);
  const size = Math.min(MOST_A_PAGE, whole(query.get('per_page')) ?? MOST_A_PAGE);
  const page = whole(query.get('page')) ?? 1;
  if (page * size > MOST_RESULTS) {
    const text = 'Invalid search: requested response size was greater than Search Response Limits';
    throw new Refusal(422, 'invalid', text);
  }
  const following = new URLSearchParams(query);
  following.set('page', String(page + 1));
  const isMore = page * size < found.length;
  return {
    tickets: found.slice((page - 1) * size, page * size),
    count: found.length,
    next: isMore ? `${origin}${path}?${following}` : null,
  };
}

function matches(word: string, ticket: PracticeTicket): boolean {
  const [, key, operator, value] = /^(\w+)([:<>])(.+)$/.exec(word) ?? [];
  const told = STATUSES.indexOf(value ?? '');
  const has = STATUSES.indexOf(ticket.status);
  if (key === 'type' && operator === ':') return value === 'ticket';
  if (key === 'tags' && operator === ':') return value !== undefined && ticket.tags.includes(value);
  if (key === 'status' && told !== -1) {
    return operator === ':' ? has === told : operator === '<' ? has < told : has > told;
  }
  throw new Refusal(422, 'invalid', `Invalid search: the practised Zendesk does not know ${word}`);
}

function whole(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}
