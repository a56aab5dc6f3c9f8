import { AwsError } from './protocol.ts';

/**
 * A filter pattern for unstructured text: every term must occur, one of the `?terms`, none of the `-terms`; phrases
 * in double quotes (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
 * Patterns for JSON, columns and regular expressions are refused.
 */
export function compileFilter(pattern: string): (message: string) => boolean {
  const trimmed = pattern.trim();
  if (/^[{[%]/.test(trimmed)) throw invalid();
  const every: string[] = [];
  const some: string[] = [];
  const none: string[] = [];
  const term = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
  while (term.lastIndex < trimmed.length) {
    const [, sign, quoted, bare] = term.exec(trimmed) ?? [];
    const text = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (text === undefined) throw invalid();
    (sign === '?' ? some : sign === '-' ? none : every).push(text);
  }
  return (message) =>
    every.every((text) => message.includes(text)) &&
    !none.some((text) => message.includes(text)) &&
    (some.length === 0 || some.some((text) => message.includes(text)));
}

function invalid(): AwsError {
  return new AwsError('InvalidParameterException', 'Invalid filter pattern');
}
