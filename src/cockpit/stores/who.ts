import type { Person } from '../../model/incident.ts';
import type { Reading } from '../../model/reading.ts';

/** Tells whether a person is the one at the keyboard: by PagerDuty's own answer, else by the configured address. */
export function meAs(
  me: Reading<Person | null>,
  email: string | null,
): (person: { readonly id: string; readonly email?: string | null }) => boolean {
  const address = (me.value?.email ?? email)?.toLowerCase() ?? null;
  return (person) =>
    person.id === me.value?.id || (address !== null && person.email?.toLowerCase() === address);
}

/** `dora` of `Dora Lindqvist` or of `dora@harbour.example`. */
export function firstName(who: string): string {
  return (who.split(/[\s@]/)[0] ?? who).toLowerCase();
}
