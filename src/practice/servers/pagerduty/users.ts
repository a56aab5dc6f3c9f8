import type { PracticePerson, WorldState } from '../../world/state.ts';
import { page } from './page.ts';
import { reference, teamReference, WEB } from './references.ts';
import { invalidInput, json, notFound } from './reply.ts';
import type { Route } from './route.ts';

export function showUser(state: WorldState, person: PracticePerson): Record<string, unknown> {
  return {
    ...reference('user', person.id, person.name, '/users'),
    type: 'user',
    name: person.name,
    email: person.email,
    time_zone: 'Europe/London',
    color: 'teal',
    avatar_url: `${WEB}/avatars/${person.id}.png`,
    role: 'user',
    description: null,
    invitation_sent: false,
    job_title: 'Developer',
    teams: [teamReference(state, person.squad)],
    contact_methods: [],
    notification_rules: [],
  };
}

export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users',
    answer: ({ world, request }) => {
      const query = request.query.get('query')?.toLowerCase() ?? '';
      const found = world.state.people.filter(({ name, email }) =>
        `${name} ${email}`.toLowerCase().includes(query),
      );
      return json(page(request.query, 'users', found, (person) => showUser(world.state, person)));
    },
  },
  {
    method: 'GET',
    path: '/users/me',
    answer: ({ world, user }) => {
      if (user === null) throw invalidInput('An account-level token has no current user');
      return json({ user: showUser(world.state, user) });
    },
  },
  {
    method: 'GET',
    path: '/users/{id}',
    answer: ({ world, ids }) => {
      const person = world.state.people.find((candidate) => candidate.id === ids[0]);
      if (person === undefined) throw notFound();
      return json({ user: showUser(world.state, person) });
    },
  },
];
