export const WILD = '<*>';
const LOOKS_LIKE_NAME = /[-_./@:$#\\]|[a-z][A-Z]|<\*>|^[A-Z]{2,}$/;
const LOOKS_LIKE_VERB =
  /^[A-Za-z]+(ed|ing)$|^(hit|miss|open|close|start|stop|up|down|in|out|to|from|on|off|true|false)$/;
const KIND_OF_ERROR = /(Error|Exception)$/;
const EDGES = /^[([{<"'`]+|[)\]}>"'`,.:;!?]+$/g;

/**
 * Are these words in one place values, or do they tell messages apart? Names (`price-book`, `/v1/orders`) are values
 * from two on, plain words from `words` on; verbs (opened, closed), errors and what begins a sentence only where there are many.
 */
export function varies(tokens: ReadonlySet<string>, column: number, words: number): boolean {
  if (tokens.has(WILD)) return true;
  const size = tokens.size;
  if (size < 2) return false;
  const bare = [...tokens].map((token) => token.replace(EDGES, ''));
  const share = (test: (word: string) => boolean) => bare.filter(test).length * 2 >= size;
  const many = size >= 10;
  if (share((word) => LOOKS_LIKE_VERB.test(word) || KIND_OF_ERROR.test(word))) return many;
  if (column === 0 && share((word) => /^[A-Z][a-z]/.test(word))) return many;
  return share((word) => LOOKS_LIKE_NAME.test(word)) || size >= words;
}
