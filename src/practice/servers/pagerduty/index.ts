import { SECRETS } from '../../secrets.ts';
import { IncidentRefusal } from '../../world/incidents.ts';
import { YOU } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { ChangeEvents, changeEventRoutes } from './change-events.ts';
import { policyRoutes } from './escalation-policies.ts';
import { eventRoutes } from './events-v2.ts';
import { incidentPartRoutes } from './incident-parts.ts';
import { incidentRoutes } from './incidents.ts';
import { onCallRoutes } from './oncalls.ts';
import { RateLimit } from './rate.ts';
import { json, PagerRefusal, refusalAnswer } from './reply.ts';
import { matchRoute, type Route } from './route.ts';
import { scheduleRoutes } from './schedules.ts';
import { serviceRoutes } from './services.ts';
import { pagerDutySetup } from './setup.ts';
import { userRoutes } from './users.ts';

/** A longer address is refused: many `user_ids[]` reach it. */
const LONGEST_QUERY = 4_096;
const ABILITIES = ['teams', 'urgencies', 'service_support_hours', 'change_events'];

/** The first that fits is taken: `/users/me` stands before `/users/{id}`. */
const ROUTES: readonly Route[] = [
  ...incidentRoutes,
  ...incidentPartRoutes,
  ...onCallRoutes,
  ...policyRoutes,
  ...scheduleRoutes,
  ...serviceRoutes,
  ...userRoutes,
  ...changeEventRoutes,
  { method: 'GET', path: '/abilities', answer: () => json({ abilities: ABILITIES }) },
];

/** PagerDuty's REST API v2 and its Events API v2, which in truth live on two hosts, on one. */
export function pagerDutyServer(): PracticeServer {
  const changes = new ChangeEvents();
  const rate = new RateLimit();

  function answer(request: PracticeRequest, world: World): PracticeAnswer {
    if (request.query.toString().length > LONGEST_QUERY) {
      throw new PagerRefusal(414, 2000, 'Request-URI Too Long');
    }
    const event = matchRoute(eventRoutes, request.method, request.path);
    if (event !== null) return event.route.answer({ world, request, ids: event.ids, user: null, changes });
    const token = tokenOf(request);
    if (token === null) throw new PagerRefusal(401, 2006, 'Unauthorized');
    const { ok, headers } = rate.use(token);
    const answered = ok
      ? routed(request, world, token)
      : refusalAnswer(new PagerRefusal(429, 2020, 'Rate Limit Exceeded'));
    return { ...answered, headers: { ...answered.headers, ...headers } };
  }

  function routed(request: PracticeRequest, world: World, token: string): PracticeAnswer {
    const found = matchRoute(ROUTES, request.method, request.path);
    const you = world.state.people.find((person) => person.id === YOU) ?? null;
    const user = token === SECRETS.pagerduty.user ? you : null;
    return refusing(() => {
      if (found === null) throw new PagerRefusal(404, 2100, 'Not Found');
      return found.route.answer({ world, request, ids: found.ids, user, changes });
    });
  }

  return {
    system: 'pagerduty',
    setup: pagerDutySetup,
    identify({ method, path }): Operation {
      const found = matchRoute([...ROUTES, ...eventRoutes], method, path);
      return {
        name: `${method} ${found?.route.path ?? path}`,
        mutation: method !== 'GET' && method !== 'HEAD',
      };
    },
    handle: (request, world) => refusing(() => answer(request, world)),
  };
}

/** `Token token=…` of a key, `Bearer …` of OAuth: https://developer.pagerduty.com/docs/authentication */
function tokenOf({ headers }: PracticeRequest): string | null {
  const token = /^(?:Token token=|Bearer )"?([^"]+)"?$/.exec(headers.authorization ?? '')?.[1];
  const { user, account } = SECRETS.pagerduty;
  return token === user || token === account ? token : null;
}

function refusing(what: () => PracticeAnswer): PracticeAnswer {
  try {
    return what();
  } catch (error) {
    if (error instanceof PagerRefusal) return refusalAnswer(error);
    if (error instanceof IncidentRefusal) {
      return refusalAnswer(new PagerRefusal(error.code === 2100 ? 404 : 400, error.code, error.message));
    }
    throw error;
  }
}
