import type { Talk } from './talk.ts';

/**
 * A question that may be left open with `-`.
 * @param nothing what it is then
 * @param wrongWith what is wrong with an answer; null: nothing
 */
export function orNothing(
  talk: Talk,
  text: string,
  before: string | undefined,
  nothing: string,
  wrongWith: (answer: string) => string | null,
): Promise<string | null> {
  return talk.ask<string | null>({
    text,
    usual: before ?? '-',
    ...(before === undefined ? { usualText: nothing } : {}),
    check(answer) {
      if (answer === '-') return { value: null };
      const wrong = wrongWith(answer);
      return wrong === null ? { value: answer } : { wrong };
    },
  });
}
