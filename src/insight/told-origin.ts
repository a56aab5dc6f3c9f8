import type { Service } from '../model/catalog.ts';
import { serviceOf, wordsOf } from './named-services.ts';

/** A service that an alert names as the one which what it tells of comes from. */
export interface ToldOrigin {
  readonly service: Service;
  /** `the alert says producer: checkout 3.2.119`. */
  readonly words: string;
}

/** Names of facts by which alerts tell who made what they complain of. */
const ORIGINS =
  /^(producer|produced[ _-]by|publisher|published[ _-]by|sender|sent[ _-]by|origin|caused[ _-]by|culprit)$/i;
const COMES_FROM = /\b(?:come|comes|came|sent|produced|published|caused) (?:from|by) (\S{1,100})/i;

/** null: neither facts nor texts name a service of ours as the origin. */
export function toldOrigin(
  services: readonly Service[],
  texts: readonly string[],
  facts: readonly (readonly [name: string, value: string])[],
): ToldOrigin | null {
  for (const [name, value] of facts) {
    const service = ORIGINS.test(name.trim()) ? firstService(services, value) : null;
    if (service !== null) return { service, words: `the alert says ${name.trim()}: ${value.trim()}` };
  }
  for (const text of [...texts, ...facts.map(([, value]) => value)]) {
    const [words, from] = COMES_FROM.exec(text) ?? [];
    const service = from === undefined ? null : firstService(services, from);
    if (service !== null && words !== undefined) return { service, words: `it says “${words}”` };
  }
  return null;
}

function firstService(services: readonly Service[], text: string): Service | null {
  for (const word of wordsOf(text)) {
    const service = serviceOf(services, word);
    if (service !== null) return service;
  }
  return null;
}
