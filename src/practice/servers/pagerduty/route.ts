import type { PracticePerson } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import type { ChangeEvents } from './change-events.ts';
import { invalidInput } from './reply.ts';

/** What a resource needs to answer one request. */
export interface Call {
  readonly world: World;
  readonly request: PracticeRequest;
  /** The path's parts in braces, in their order. */
  readonly ids: readonly string[];
  /** Whose token it is; null: the account's. */
  readonly user: PracticePerson | null;
  readonly changes: ChangeEvents;
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Such as `/incidents/{id}/notes`. */
  readonly path: string;
  answer(call: Call): PracticeAnswer;
}

export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; ids: string[] } | null {
  const parts = path.split('/');
  for (const route of routes) {
    if (route.method !== method) continue;
    const pattern = route.path.split('/');
    const fits = (part: string, at: number) =>
      part === parts[at] || (part.startsWith('{') && parts[at] !== '');
    if (pattern.length !== parts.length || !pattern.every(fits)) continue;
    return { route, ids: parts.filter((_, at) => pattern[at]?.startsWith('{')).map(decodeURIComponent) };
  }
  return null;
}

/** All values of `name[]`; null: not asked for. */
export function list(query: URLSearchParams, name: string): readonly string[] | null {
  const values = query.getAll(`${name}[]`);
  return values.length === 0 ? null : values;
}

export function includes(query: URLSearchParams, what: string): boolean {
  return list(query, 'include')?.includes(what) ?? false;
}

/** The request's JSON object. */
export function bodyOf(request: PracticeRequest): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'));
    if (isRecord(body)) return body;
  } catch {
    // Refused below, as anything that is no object.
  }
  throw invalidInput('The request body must be a JSON object');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
