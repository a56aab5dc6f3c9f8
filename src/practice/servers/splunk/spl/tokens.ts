import { badSearch } from '../refusal.ts';

export type Token =
  | { readonly kind: 'open' | 'close' | 'operator'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean };

/** Words, quoted phrases (`\"` and `\\` unescaped), parentheses and comparison operators; commas separate. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    const rest = text.slice(index);
    const space = /^[\s,]+/.exec(rest)?.[0];
    if (space !== undefined) {
      index += space.length;
      continue;
    }
    const [token, length] = readToken(rest);
    tokens.push(token);
    index += length;
  }
  return tokens;
}

function readToken(rest: string): [Token, number] {
  if (rest.startsWith('(')) return [{ kind: 'open', text: '(' }, 1];
  if (rest.startsWith(')')) return [{ kind: 'close', text: ')' }, 1];
  const operator = /^(!=|<=|>=|=|<|>)/.exec(rest)?.[0];
  if (operator !== undefined) return [{ kind: 'operator', text: operator }, operator.length];
  if (rest.startsWith('"')) {
    const quoted = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (quoted === null) throw badSearch("Error in 'SearchParser': Unbalanced quotes.");
    const text = (quoted[1] ?? '').replace(/\\(["\\])/g, '$1');
    return [{ kind: 'text', text, quoted: true }, quoted[0].length];
  }
  const word = /^(?:[^\s,()"=<>!]|!(?!=))+/.exec(rest)?.[0] ?? rest.charAt(0);
  return [{ kind: 'text', text: word, quoted: false }, word.length];
}

/** The pipeline's commands as text, split at pipes outside quotes. Macros and subsearches are refused. */
export function splitPipeline(text: string): string[] {
  const parts: string[] = [];
  let current = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') {
      const quoted = /^"(?:[^"\\]|\\[\s\S])*"/.exec(text.slice(index))?.[0];
      if (quoted === undefined) throw badSearch("Error in 'SearchParser': Unbalanced quotes.");
      current += quoted;
      index += quoted.length - 1;
    } else if (/^```[\s\S]*?```/.test(text.slice(index))) {
      // A comment (Search Manual, "Add comments to searches").
      index = text.indexOf('```', index + 3) + 2;
      current += ' ';
    } else if (character === '`') {
      const name = text.slice(index + 1).split('`', 1)[0];
      throw badSearch(
        `Error in 'SearchParser': The search specifies a macro '${name}' that cannot be found. Reasons include: the macro name is misspelled, you do not have "read" permission for the macro, or the macro has not been shared with this application.`,
      );
    } else if (character === '[') {
      throw badSearch(
        `Error in 'SearchParser': Subsearches are not available here. Error at position '${index}' of search query '${text.slice(0, 80)}'.`,
      );
    } else if (character === '|') {
      parts.push(current);
      current = '';
    } else current += character;
  }
  parts.push(current);
  return parts.map((part) => part.trim());
}
