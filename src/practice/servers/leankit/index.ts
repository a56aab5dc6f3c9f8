import * as z from 'zod';
import { SECRETS } from '../../secrets.ts';
import { YOU } from '../../world/people.ts';
import type { WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import type {
  Operation,
  PracticeAnswer,
  PracticeRequest,
  PracticeServer,
  Setup,
  SetupPlace,
} from '../server.ts';
import { Cards, type PracticeCard } from './cards.ts';
import { LANES, showLane } from './lanes.ts';
import { RateLimit } from './rate.ts';
import { BOARD, type PracticeComment, showCard, showComment, showUser } from './show.ts';

const API = '/io';
const MOST_A_PAGE = 200;
const COMMENTS = /^\/card\/(\d+)\/comment$/;

const commentSchema = z.strictObject({ text: z.string().min(1) });

class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Leankit's API (Planview AgilePlace), as far as oncall asks it: https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2 */
export function leankitServer(): PracticeServer {
  const cards = new Cards();
  const comments = new Map<string, PracticeComment[]>();
  const rate = new RateLimit();

  function routed(request: PracticeRequest, world: World): PracticeAnswer {
    const { method, query } = request;
    const path = request.path.startsWith(API) ? request.path.slice(API.length) : '';
    if (method === 'GET' && path === '/user/me') return json(you(world));
    if (method === 'GET' && path === `/board/${BOARD.id}`) return json(board());
    if (method === 'GET' && path === '/card') return json(page(query, selected(query, cards.all(world))));
    const card = cards.all(world).find(({ id }) => id === COMMENTS.exec(path)?.[1]);
    if (card === undefined) throw new Refusal(404, 'Not Found');
    if (method === 'POST') return json(write(request, card, world), 201);
    const written = comments.get(card.id) ?? [];
    return json({ pageMeta: meta(written.length, 0, MOST_A_PAGE), comments: written.map(showComment) });
  }

  function write({ body }: PracticeRequest, card: PracticeCard, world: World): object {
    const sent = commentSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (!sent.success) throw new Refusal(422, 'text is required');
    const own = comments.get(card.id) ?? [];
    const by = world.state.people.find(({ id }) => id === YOU) ?? null;
    const comment = { id: `${card.id}${own.length + 1}`, text: sent.data.text, at: world.now(), by };
    comments.set(card.id, [...own, comment]);
    return showComment(comment);
  }

  return {
    system: 'leankit',
    setup: leankitSetup,
    identify: operationOf,
    handle(request, world) {
      if (request.headers.authorization !== `Bearer ${SECRETS.leankit.token}`)
        return { status: 401, headers: { 'Content-Type': 'text/plain' }, body: 'Unauthorized' };
      const { ok, headers } = rate.use(world.now());
      if (!ok) return json({ message: 'Too Many Requests' }, 429, headers);
      try {
        const answer = routed(request, world);
        return { ...answer, headers: { ...answer.headers, ...headers } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return json({ message: error.message }, error.status, headers);
      }
    },
  };
}

function leankitSetup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  return {
    systems: { leankit: { url, board: BOARD.id, token: { file: 'leankit.token' }, ...authority } },
    files: { 'leankit.token': `${SECRETS.leankit.token}\n` },
  };
}

function operationOf({ method, path }: PracticeRequest): Operation {
  const route = path.replace(API, '').replace(/\/\d+/, '/{id}');
  return { name: `${method} ${route}`, mutation: method !== 'GET' };
}

function you({ state }: World): object {
  const person = state.people.find(({ id }) => id === YOU);
  if (person === undefined) throw new Refusal(404, 'Not Found');
  return { ...showUser(person), enabled: true, licenseType: 'full' };
}

function board(): object {
  const lanes = Object.values(LANES).map(showLane);
  return { ...BOARD, isArchived: false, effectiveBoardRole: 'boardUser', lanes };
}

/** Newest first. `search` looks through titles and headers. */
function selected(query: URLSearchParams, all: readonly PracticeCard[]): readonly PracticeCard[] {
  if (query.get('board') !== BOARD.id) throw new Refusal(404, 'Not Found');
  const lanes = query.get('lanes')?.split(',');
  const words = query.get('search')?.toLowerCase();
  return all
    .filter(({ lane }) => lanes?.includes(LANES[lane].id) ?? true)
    .filter(
      ({ title, header }) => words === undefined || `${header ?? ''} ${title}`.toLowerCase().includes(words),
    )
    .toSorted((one, other) => other.movedAt - one.movedAt);
}

function page(query: URLSearchParams, found: readonly PracticeCard[]): object {
  const limit = Math.min(MOST_A_PAGE, Number(query.get('limit') ?? MOST_A_PAGE) || MOST_A_PAGE);
  const offset = Number(query.get('offset') ?? 0) || 0;
  const cards = found.slice(offset, offset + limit).map(showCard);
  return { pageMeta: meta(found.length, offset, limit), cards };
}

function meta(totalRecords: number, offset: number, limit: number): object {
  return {
    totalRecords,
    offset,
    limit,
    startRow: offset + 1,
    endRow: Math.min(totalRecords, offset + limit),
  };
}

function json(value: unknown, status = 200, headers: Record<string, string> = {}): PracticeAnswer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
