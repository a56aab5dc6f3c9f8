import * as z from 'zod';
import { DAY } from '../../../model/instant.ts';
import { SECRETS } from '../../secrets.ts';
import { YOU } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { RecordedChanges } from './change-events.ts';
import { ACCOUNT, searchEntities } from './entities.ts';
import { Issues } from './issues.ts';
import { GraphError, parseSelection, type Selection, select } from './selection.ts';
import { newRelicSetup } from './setup.ts';

/** So few, that three issues are two pages. */
const PAGE = 2;

const bodySchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
const issuesSchema = z.object({
  account: z.int(),
  filter: z.object({ states: z.array(z.string()).optional(), ids: z.array(z.string()).optional() }).nullish(),
  window: z.strictObject({ startTime: z.number(), endTime: z.number() }).nullish(),
  cursor: z.string().nullish(),
});
const ackSchema = z.object({ account: z.int(), issue: z.string() });

type Variables = Readonly<Record<string, unknown>>;

/** New Relic's NerdGraph, as far as oncall asks it: https://docs.newrelic.com/docs/apis/nerdgraph */
export function newRelicServer(): PracticeServer {
  const changes = new RecordedChanges();
  const issues = new Issues();

  function answer(world: World, fields: readonly Selection[], variables: Variables): unknown {
    const [root] = fields;
    if (root?.field === 'changeTrackingCreateEvent')
      return { [root.field]: changes.create(world, variables.event) };
    if (root?.field === 'aiIssuesAckIssue') return { [root.field]: acknowledge(world, variables) };
    if (root?.field !== 'actor') throw new GraphError(`Cannot query field "${root?.field}".`);
    const asks = (what: string) => root.fields.some(({ field }) => field === what);
    const { name, email } = you(world);
    return {
      actor: {
        user: { name, email },
        ...(asks('account') ? { account: account(world, variables) } : {}),
        ...(asks('entitySearch') ? { entitySearch: searchEntities(world.state, variables.cursor) } : {}),
      },
    };
  }

  /** null, and no error, for an account that the key's user does not see. */
  function account(world: World, variables: Variables): object | null {
    const { account: id, filter, window, cursor } = checked(issuesSchema, variables);
    if (id !== ACCOUNT) return null;
    const span = window ?? { startTime: world.now() - DAY, endTime: world.now() };
    const found = issues.all(world).filter(
      ({ issueId, updatedAt }) =>
        // Those that have just closed come whatever state was asked for.
        (filter?.ids?.includes(issueId) ?? true) && updatedAt >= span.startTime && updatedAt <= span.endTime,
    );
    const from = cursor ? Number(Buffer.from(cursor, 'base64').toString()) : 0;
    const nextCursor =
      from + PAGE < found.length ? Buffer.from(String(from + PAGE)).toString('base64') : null;
    return { id, aiIssues: { issues: { issues: found.slice(from, from + PAGE), nextCursor } } };
  }

  function acknowledge(world: World, variables: Variables): object {
    const { account: id, issue } = checked(ackSchema, variables);
    const known = id === ACCOUNT && issues.acknowledge(world, issue, you(world).email);
    return known
      ? { error: null, result: { accountId: id, action: 'ACK', issueId: issue } }
      : { error: `Issue ${issue} was not found`, result: null };
  }

  return {
    system: 'newrelic',
    setup: newRelicSetup,
    identify: (request) => operationOf(request),
    handle(request, world) {
      const { headers, method, path } = request;
      if (method !== 'POST' || path !== '/graphql') return json({ errors: [{ message: 'Not Found' }] }, 404);
      if (headers['api-key'] !== SECRETS.newrelic.userKey) return json(badKey(), 401);
      try {
        const { query, variables } = checked(bodySchema, JSON.parse(request.body.toString('utf8')));
        const fields = parseSelection(query);
        return json({ data: select(answer(world, fields, variables), fields) });
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        const extensions = error.errorClass === null ? {} : { extensions: { errorClass: error.errorClass } };
        return json({ data: null, errors: [{ message: error.message, ...extensions }] });
      }
    },
  };
}

/** The mutation's name; of a query the deepest field that tells what is asked: `aiIssues`, `user`. */
function operationOf({ method, path, body }: PracticeRequest): Operation {
  const query = body.toString('utf8');
  const mutation = /aiIssuesAckIssue|changeTrackingCreateEvent(?=\()/.exec(query)?.[0];
  if (mutation !== undefined) return { name: mutation, mutation: true };
  const name = ['aiIssues', 'entitySearch', 'user', 'account'].find((field) => query.includes(field));
  return { name: name ?? `${method} ${path}`, mutation: false };
}

function you({ state }: World): { readonly name: string; readonly email: string } {
  const person = state.people.find(({ id }) => id === YOU);
  return { name: person?.name ?? '', email: person?.email ?? '' };
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new GraphError(`Variable has an invalid value: ${result.error.issues[0]?.message}`);
}

function badKey(): object {
  const message = 'Bad API Key or no API Key provided';
  return { errors: [{ message, extensions: { error_code: 'BAD_API_KEY' } }] };
}

function json(value: unknown, status = 200): PracticeAnswer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}
