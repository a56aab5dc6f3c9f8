import { badSearch } from '../refusal.ts';
import { type Token, tokenize } from './tokens.ts';

/** What `eval` computes: a field, a text or number, or a function of such. */
export type Value =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'call'; readonly name: EvalFunction; readonly of: readonly Value[] };

const EVAL_FUNCTIONS = ['coalesce', 'mvindex', 'replace'] as const;
export type EvalFunction = (typeof EVAL_FUNCTIONS)[number];

/** Commands that give each row more fields (Search Reference, commands `rex`, `eval`, `fillnull`). */
export type FieldCommand =
  | { readonly name: 'rex'; readonly field: string; readonly pattern: RegExp }
  | { readonly name: 'eval'; readonly field: string; readonly value: Value }
  | { readonly name: 'fillnull'; readonly value: string; readonly fields: readonly string[] };

/** null: another command. */
export function parseFieldCommand(name: string, args: string): FieldCommand | null {
  switch (name) {
    case 'rex':
      return parseRex(args);
    case 'eval':
      return parseEval(args);
    case 'fillnull':
      return parseFillnull(args);
    default:
      return null;
  }
}

function parseRex(args: string): FieldCommand {
  const [, field = '_raw', regex] = /^(?:field\s*=\s*(\S+)\s+)?"([\s\S]*)"$/.exec(args) ?? [];
  if (regex === undefined) throw badSearch("Error in 'rex' command: The regex is missing.");
  if (!/\(\?<\w+>/.test(regex)) {
    throw badSearch(
      `Error in 'rex' command: The regex '${regex}' does not extract anything. It should specify at least one named group. Format: (?<name>...).`,
    );
  }
  try {
    return { name: 'rex', field, pattern: new RegExp(regex.replaceAll('\\"', '"')) };
  } catch {
    throw badSearch(
      `Error in 'rex' command: Encountered the following error while compiling the regex '${regex}'.`,
    );
  }
}

function parseEval(args: string): FieldCommand {
  const [, field, expression = ''] = /^(\w+)\s*=\s*([\s\S]+)$/.exec(args) ?? [];
  if (field === undefined) throw badExpression();
  const tokens = tokenize(expression);
  const value = parseValue(tokens);
  if (tokens.length > 0) throw badExpression();
  return { name: 'eval', field, value };
}

/** Takes one value off the front; commas are gone already. */
function parseValue(tokens: Token[]): Value {
  const token = tokens.shift();
  if (token?.kind !== 'text') throw badExpression();
  if (!begins(tokens, 'open')) {
    const literal = token.quoted || /^\d+$/.test(token.text);
    return literal ? { kind: 'literal', text: token.text } : { kind: 'field', name: token.text };
  }
  const name = EVAL_FUNCTIONS.find((known) => known === token.text);
  if (name === undefined) {
    throw badSearch(`Error in 'EvalCommand': The '${token.text}' function is unsupported or undefined.`);
  }
  tokens.shift();
  const of: Value[] = [];
  while (tokens.length > 0 && !begins(tokens, 'close')) of.push(parseValue(tokens));
  if (tokens.shift() === undefined || of.length === 0) throw badExpression();
  return { kind: 'call', name, of };
}

function begins([first]: readonly Token[], kind: Token['kind']): boolean {
  return first?.kind === kind;
}

function parseFillnull(args: string): FieldCommand {
  const [, quoted, bare, names = ''] = /^(?:value\s*=\s*(?:"([^"]*)"|(\S+)))?\s*([\s\S]*)$/.exec(args) ?? [];
  const fields = tokenize(names).map(({ text }) => text);
  return { name: 'fillnull', value: quoted ?? bare ?? '0', fields };
}

function badExpression() {
  return badSearch("Error in 'EvalCommand': The expression is malformed.");
}
