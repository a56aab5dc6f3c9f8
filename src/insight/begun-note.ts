import type { Note } from '../model/incident.ts';

/** Who began a change, where, as its note on the incident tells. */
export interface Begun {
  /** E-mail address. */
  readonly who: string;
  /** `10.1.2.3 on jump-1`. */
  readonly place: string;
  readonly from: string;
  readonly to: string;
}

/** The note that tells others that a change has begun; `begunIn` finds it again. */
export function begunNote(begun: Begun & { readonly intent: string; readonly what: string }): string {
  const { what, from, to, who, place, intent } = begun;
  return `${what} from ${from} to ${to}: begun by ${who} from ${place}. ${begunMark(intent)}`;
}

/** What the notes of an incident tell of that change; null: nothing. */
export function begunIn(notes: readonly Note[], intent: string): Begun | null {
  const note = notes.find(({ text }) => text.endsWith(begunMark(intent)));
  const match = / from (\S+) to (\S+): begun by (\S+) from (.+)\. \[oncall \w+ begun\]$/.exec(
    note?.text ?? '',
  );
  const [, from, to, who, place] = match ?? [];
  if (from === undefined || to === undefined || who === undefined || place === undefined) return null;
  return { who, place, from, to };
}

export function begunMark(intent: string): string {
  return `[oncall ${intent} begun]`;
}

/**
 * Where somebody sits, in words.
 * @param origin sshd's `SSH_CONNECTION`: the client's address comes first (sshd(8), ENVIRONMENT)
 * @param host the machine that the tool runs on
 */
export function placeOf(origin: string | null, host: string | null): string {
  const address = /^[\da-fA-F.:%\w]+/.exec(origin ?? '')?.[0];
  return address === undefined
    ? (host ?? 'an unknown machine')
    : `${address} on ${host ?? 'an unknown machine'}`;
}
