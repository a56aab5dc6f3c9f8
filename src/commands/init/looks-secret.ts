/** Beginnings by which vendors mark their tokens. */
const MARKED = /^(gh[pousr]_|github_pat_|xox[abcdeprs]-|NRAK-|AKIA|bkua_|u\+|pd[a-z]{2}\+|eyJ[\w-]{10})/;

/**
 * Whether a text that was meant to say where a token is looks like the token itself: one word, long, of letters and
 * digits mixed as no name and no path is.
 */
export function looksSecret(text: string): boolean {
  const word = text.trim();
  if (/\s/.test(word) || word.includes('/')) return false;
  if (MARKED.test(word)) return true;
  if (word.length < 16 || !/^[\w.+=~-]+$/.test(word)) return false;
  const isName = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(word) || /^[a-z]+([._-][a-z]+)*$/i.test(word);
  return !isName && /\d/.test(word) && /[a-z]/i.test(word);
}
