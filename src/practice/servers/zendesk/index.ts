import * as z from 'zod';
import { rfc3339 } from '../../../model/instant.ts';
import { SECRETS } from '../../secrets.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { RateLimit } from './rate.ts';
import { Refusal } from './refusal.ts';
import { search } from './search.ts';
import { zendeskSetup } from './setup.ts';
import { type PracticeTicket, Tickets } from './tickets.ts';

const API = '/api/v2';
const TICKET = /^\/tickets\/(\d+)(?:\.json)?$/;

/** Of a ticket's fields those that can be written here; tags replace all that it has. */
const updateSchema = z.object({
  ticket: z.strictObject({
    tags: z.array(z.string().min(1)).optional(),
    status: z.enum(['open', 'pending', 'hold', 'solved']).optional(),
    comment: z.strictObject({ body: z.string().min(1), public: z.boolean() }).optional(),
    safe_update: z.boolean().optional(),
    updated_stamp: z.string().optional(),
  }),
});

/** Zendesk's Ticketing API, as far as oncall asks it: https://developer.zendesk.com/api-reference/ticketing/ */
export function zendeskServer(): PracticeServer {
  const tickets = new Tickets();
  const rate = new RateLimit();

  function routed(request: PracticeRequest, world: World): PracticeAnswer {
    const { method } = request;
    const path = request.path.startsWith(API) ? request.path.slice(API.length) : '';
    if (method === 'GET' && /^\/users\/me(\.json)?$/.test(path)) return json({ user: ME });
    if (method === 'GET' && /^\/search(\.json)?$/.test(path)) {
      const found = search(request, tickets.indexed(world));
      const results = found.tickets.map((one) => ({ ...show(one, request.origin), result_type: 'ticket' }));
      return json({ results, facets: null, next_page: found.next, previous_page: null, count: found.count });
    }
    const ticket = tickets.all(world).find(({ id }) => String(id) === TICKET.exec(path)?.[1]);
    if (ticket === undefined) throw new Refusal(404, 'RecordNotFound', 'Not found');
    if (method === 'GET') return json({ ticket: show(ticket, request.origin) });
    if (method !== 'PUT') throw new Refusal(404, 'InvalidEndpoint', 'Not found');
    return json({ ticket: show(update(world, ticket, request), request.origin) });
  }

  function update(world: World, ticket: PracticeTicket, { body }: PracticeRequest): PracticeTicket {
    const sent = updateSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (!sent.success) throw new Refusal(422, 'RecordInvalid', 'Record validation errors');
    const { tags, status, safe_update: safe, updated_stamp: stamp } = sent.data.ticket;
    if (safe === true && Date.parse(stamp ?? '') !== ticket.updatedAt) {
      const text = 'Safe Update prevented the update due to outdated ticket data.';
      throw new Refusal(409, 'UpdateConflict', text);
    }
    return tickets.change(world, ticket, {
      ...(tags === undefined ? {} : { tags: [...new Set(tags.map((tag) => tag.toLowerCase()))] }),
      ...(status === undefined ? {} : { status }),
    });
  }

  return {
    system: 'zendesk',
    setup: zendeskSetup,
    identify: operationOf,
    handle(request, world) {
      if (request.headers.authorization !== LOGIN) {
        return json({ error: "Couldn't authenticate you" }, 401);
      }
      const { ok, headers } = rate.use();
      if (!ok) {
        const description = 'Number of allowed API requests per minute exceeded';
        return json({ error: 'APIRateLimitExceeded', description }, 429, headers);
      }
      try {
        const answer = routed(request, world);
        return { ...answer, headers: { ...answer.headers, ...headers } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return json({ error: error.error, description: error.message }, error.status, headers);
      }
    },
  };
}

const { username: USERNAME, token: TOKEN } = SECRETS.zendesk;
const LOGIN = `Basic ${Buffer.from(`${USERNAME}/token:${TOKEN}`).toString('base64')}`;
const ME = { id: 30, name: 'On call', email: USERNAME, role: 'agent' };

function operationOf({ method, path }: PracticeRequest): Operation {
  const route = path.replace(/\/tickets\/\d+/, '/tickets/{id}').replace(/\.json$/, '');
  return { name: `${method} ${route.replace(API, '')}`, mutation: method !== 'GET' };
}

function show(ticket: PracticeTicket, origin: string): object {
  const { id, subject, description, status, priority, tags, assignee, createdAt, updatedAt } = ticket;
  return {
    id,
    url: `${origin}${API}/tickets/${id}.json`,
    type: 'incident',
    via: { channel: 'web' },
    subject,
    raw_subject: subject,
    description,
    status,
    priority,
    tags,
    assignee_id: assignee,
    group_id: null,
    requester_id: 9_000 + (id % 1_000),
    created_at: rfc3339(createdAt),
    updated_at: rfc3339(updatedAt),
  };
}

function json(value: unknown, status = 200, headers: Record<string, string> = {}): PracticeAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
