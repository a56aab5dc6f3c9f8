import type { PracticePerson } from '../../world/state.ts';
import { PagerRefusal } from './reply.ts';
import type { Call } from './route.ts';

/** In whose name a write is done: the `From` header's user; a user's own token needs none. */
export function author({ request, world, user }: Call): PracticePerson {
  const { from } = request.headers;
  if (from === undefined) {
    if (user !== null) return user;
    throw new PagerRefusal(400, 1008, 'Requester User Not Found', ['The From header is missing']);
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(from)) throw new PagerRefusal(400, 1028, 'Malformed From Header');
  const person = world.state.people.find((candidate) => candidate.email.toLowerCase() === from.toLowerCase());
  if (person === undefined) throw new PagerRefusal(400, 1008, 'Requester User Not Found');
  return person;
}
