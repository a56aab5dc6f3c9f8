/** What a GraphQL operation selects of the graph. */
export interface Selection {
  readonly field: string;
  readonly fields: readonly Selection[];
}

/** An error in GraphQL's own words; answered with HTTP 200, as New Relic does. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly errorClass: string | null;

  constructor(message: string, errorClass: string | null = null) {
    super(message);
    this.errorClass = errorClass;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\$\w+|[{}()[\]:!,]|-?\d+/g;

/** The selection of an operation; arguments are left out: they come as variables. */
export function parseSelection(query: string): readonly Selection[] {
  const tokens: readonly string[] = query.match(TOKEN) ?? [];
  const start = afterParentheses(
    tokens,
    tokens.indexOf('{') < tokens.indexOf('(') ? -1 : tokens.indexOf('('),
  );
  const open = tokens.indexOf('{', start);
  if (open < 0) throw new GraphError('Syntax error: there is no selection');
  return fieldsOf(tokens, open + 1).fields;
}

/** The answer to a selection, as far as `value` has it. */
export function select(value: unknown, fields: readonly Selection[]): unknown {
  if (value === null || fields.length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => select(one, fields));
  const from: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(Object(value)));
  return Object.fromEntries(
    fields.map(({ field, fields: below }) => {
      if (!Object.hasOwn(from, field)) throw new GraphError(`Cannot query field "${field}".`);
      return [field, select(from[field], below)];
    }),
  );
}

function fieldsOf(
  tokens: readonly string[],
  from: number,
): { readonly fields: readonly Selection[]; readonly next: number } {
  const fields: Selection[] = [];
  let at = from;
  while (at < tokens.length && tokens[at] !== '}') {
    const field = tokens[at] ?? '';
    if (!/^\w+$/.test(field)) throw new GraphError(`Syntax error: unexpected ${field}`);
    at = afterParentheses(tokens, at + 1);
    const below = tokens[at] === '{' ? fieldsOf(tokens, at + 1) : { fields: [], next: at };
    fields.push({ field, fields: below.fields });
    at = below.next;
  }
  return { fields, next: at + 1 };
}

/** Behind the parentheses that open at that place; the place itself where none do. */
function afterParentheses(tokens: readonly string[], at: number): number {
  if (at < 0 || tokens[at] !== '(') return Math.max(at, 0);
  const end = tokens.indexOf(')', at);
  if (end < 0) throw new GraphError('Syntax error: unbalanced parentheses');
  return end + 1;
}
