import { SECOND } from '../../../model/instant.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { json, SlackRefusal } from './answer.ts';
import { METHODS, scopesOf } from './methods.ts';
import { slackSetup } from './setup.ts';
import { type Channel, Workspace } from './workspace.ts';

/** One message a second in each channel: https://docs.slack.dev/apis/web-api/rate-limits; of real time, as it is sent. */
const APART = SECOND;

class TooFast extends Error {
  override readonly name = 'TooFast';
}

/** Slack's Web API: methods by POST, arguments as a form, errors with HTTP 200. */
export function slackServer(monotonic: () => number = () => performance.now()): PracticeServer {
  let workspace: Workspace | null = null;
  const lastPosts = new Map<string, number>();

  function pace({ id }: Channel): void {
    const last = lastPosts.get(id);
    if (last !== undefined && monotonic() < last + APART) throw new TooFast();
    lastPosts.set(id, monotonic());
  }

  function answer(request: PracticeRequest, world: World): PracticeAnswer {
    const name = methodOf(request);
    const method = METHODS[name];
    if (method === undefined) throw new SlackRefusal('unknown_method', { req_method: name });
    const { authorization } = request.headers;
    if (authorization === undefined) throw new SlackRefusal('not_authed');
    const scopes = scopesOf(/^Bearer (.+)$/.exec(authorization)?.[1]);
    if (scopes === null) throw new SlackRefusal('invalid_auth');
    const provided = scopes.join(',');
    if (method.scope !== null && !scopes.includes(method.scope)) {
      throw new SlackRefusal('missing_scope', { needed: method.scope, provided });
    }
    workspace ??= new Workspace(world.state);
    const args = new URLSearchParams(request.body.toString('utf8'));
    const told = method.answer({ world, workspace, args, pace });
    return json({ ok: true, ...told }, 200, { 'x-oauth-scopes': provided });
  }

  return {
    system: 'slack',
    setup: slackSetup,
    identify(request): Operation {
      const name = methodOf(request);
      return { name, mutation: METHODS[name]?.mutation ?? true };
    },
    handle(request, world) {
      try {
        return answer(request, world);
      } catch (error) {
        if (error instanceof SlackRefusal) return json({ ok: false, error: error.message, ...error.more });
        if (error instanceof TooFast)
          return json({ ok: false, error: 'ratelimited' }, 429, { 'Retry-After': '1' });
        throw error;
      }
    },
  };
}

function methodOf({ path }: PracticeRequest): string {
  return path.replace(/^\/api\//, '');
}
