import type { Catalog, Service } from '../model/catalog.ts';

/** A word of a text that names a squad, or something of its own. */
export interface Named {
  /** As the text has it. */
  readonly word: string;
  readonly squad: string;
  /** It is the squad's own name. */
  readonly own: boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}._-]*/gu;
/** What people do not write by chance. */
const UNUSUAL = /[\p{N}._-]/u;

/** The words of a text, without the full stop after them. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(WORD) ?? []).map((word) => word.replace(/[._-]+$/, ''));
}

/**
 * The service that a word names: by its name, its stack, its queue and the like, or by a word that begins with one of
 * these and a separator, as queues and alarms do (`ledger-api-charges-dlq`). The longest name wins.
 */
export function serviceOf(services: readonly Service[], word: string): Service | null {
  const wanted = word.toLowerCase();
  let best: { readonly service: Service; readonly length: number } | null = null;
  for (const service of services) {
    for (const name of [service.name, ...service.knownAs]) {
      if (name.length <= (best?.length ?? 0) || !isOrBeginsWith(wanted, name.toLowerCase())) continue;
      best = { service, length: name.length };
    }
  }
  return best?.service ?? null;
}

/** All that the texts name, in their order; in prose only what nobody writes by chance. */
export function namedIn(
  { services, squads }: Pick<Catalog, 'services' | 'squads'>,
  texts: readonly string[],
  prose: boolean,
): readonly Named[] {
  return texts.flatMap(wordsOf).flatMap((word): Named[] => {
    if (prose && !UNUSUAL.test(word)) return [];
    const service = serviceOf(services, word);
    if (service !== null) return [{ word, squad: service.squad, own: false }];
    const squad = squads.find(({ id, name }) =>
      [id, name].some((one) => one.toLowerCase() === word.toLowerCase()),
    );
    return squad === undefined ? [] : [{ word, squad: squad.id, own: true }];
  });
}

function isOrBeginsWith(word: string, name: string): boolean {
  if (name === '' || !word.startsWith(name)) return false;
  return word.length === name.length || '-_.'.includes(word.charAt(name.length)) || name.endsWith('-');
}
