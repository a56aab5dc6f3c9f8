import { SECRETS } from '../../secrets.ts';
import { hasContracts } from '../../world/contracts.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer, Setup } from '../server.ts';
import { canIDeploy, ENVIRONMENTS, hal } from './can-i-deploy.ts';
import { lists } from './lists.ts';

/** A Pact Broker with the contracts of the practice world; it is only read. */
export function pactServer(): PracticeServer {
  return {
    system: 'pact',
    setup: (_state, { url, authority }): Setup => ({
      systems: {
        pact: {
          url,
          token: { file: 'pact.token' },
          environments: Object.fromEntries(
            Object.entries(ENVIRONMENTS).flatMap(([theirs, ours]) =>
              theirs === ours ? [] : [[ours, theirs]],
            ),
          ),
          ...authority,
        },
      },
      service: ({ name }) => (hasContracts(name) ? { pacticipant: name } : {}),
      files: { 'pact.token': `${SECRETS.pact.token}\n` },
    }),
    identify: ({ method, path }): Operation => ({ name: `${method} ${path}`, mutation: false }),
    handle: answer,
  };
}

function answer({ method, path, query, headers, origin }: PracticeRequest, { state }: World): PracticeAnswer {
  if (headers.authorization !== `Bearer ${SECRETS.pact.token}`) return hal({ error: 'Unauthorized' }, 401);
  if (method !== 'GET') return { status: 405 };
  if (path === '/') return hal({ _links: { self: { href: `${origin}/`, title: 'Index' } } });
  if (path === '/can-i-deploy') return canIDeploy(state, query);
  return lists(path, state) ?? hal({ error: 'The requested document was not found on this server.' }, 404);
}
