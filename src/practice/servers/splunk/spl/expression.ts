import { badSearch } from '../refusal.ts';
import { type Token, tokenize } from './tokens.ts';

/** What follows `search`: a condition on an event. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Operator;
      readonly values: readonly string[];
    };

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=';

const TIME_TERMS = new Set([
  'earliest',
  'latest',
  'index_earliest',
  'index_latest',
  '_index_earliest',
  '_index_latest',
]);

export interface SearchClause {
  readonly where: Expression;
  /** Time terms found in the text, such as `earliest`; a leading underscore is dropped. */
  readonly times: ReadonlyMap<string, string>;
}

/**
 * Parses a search clause. NOT binds tightest, then OR, then AND, which may be left out
 * (Search Reference, command `search`, "Precedence").
 */
export function parseClause(text: string): SearchClause {
  const parser = new ClauseParser(tokenize(text));
  const where = parser.conjunction(false);
  return { where, times: parser.times };
}

class ClauseParser {
  readonly times = new Map<string, string>();
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  conjunction(nested: boolean): Expression {
    const of: Expression[] = [];
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === 'close') {
        if (nested) break;
        throw unbalanced();
      }
      if (isKeyword(token, 'AND')) this.#next++;
      else of.push(this.#disjunction());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'and', of };
  }

  #disjunction(): Expression {
    const of = [this.#negation()];
    while (isKeyword(this.#peek(), 'OR')) {
      this.#next++;
      of.push(this.#negation());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', of };
  }

  #negation(): Expression {
    if (!isKeyword(this.#peek(), 'NOT')) return this.#term();
    this.#next++;
    return { kind: 'not', of: this.#negation() };
  }

  #term(): Expression {
    const token = this.#take();
    if (token.kind === 'open') {
      const inner = this.conjunction(true);
      if (this.#peek()?.kind !== 'close') throw unbalanced();
      this.#next++;
      return inner;
    }
    if (token.kind !== 'text') {
      throw badSearch(
        `Error in 'search' command: Unable to parse the search: Comparator '${token.text}' is missing a term on the left hand side.`,
      );
    }
    const operator = this.#peek();
    if (operator?.kind === 'operator') {
      this.#next++;
      return this.#comparison(token.text, operator.text as Operator);
    }
    if (isKeyword(operator, 'IN') && this.#tokens[this.#next + 1]?.kind === 'open')
      return this.#list(token.text);
    return { kind: 'text', text: token.text };
  }

  #comparison(field: string, operator: Operator): Expression {
    const value = this.#peek();
    if (value?.kind !== 'text') {
      throw badSearch(
        `Error in 'search' command: Unable to parse the search: Comparator '${operator}' is missing a term on the right hand side.`,
      );
    }
    this.#next++;
    if (operator === '=' && TIME_TERMS.has(field)) {
      this.times.set(field.replace(/^_/, ''), value.text);
      return { kind: 'and', of: [] };
    }
    return { kind: 'compare', field, operator, values: [value.text] };
  }

  #list(field: string): Expression {
    this.#next += 2;
    const values: string[] = [];
    for (let token = this.#take(); token.kind !== 'close'; token = this.#take()) {
      if (token.kind === 'text') values.push(token.text);
    }
    return { kind: 'compare', field, operator: '=', values };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw unbalanced();
    this.#next++;
    return token;
  }
}

function isKeyword(token: Token | undefined, word: string): boolean {
  return token?.kind === 'text' && !token.quoted && token.text === word;
}

function unbalanced() {
  return badSearch("Error in 'search' command: Unable to parse the search: unbalanced parentheses.");
}
