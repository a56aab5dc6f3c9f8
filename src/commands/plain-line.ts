import type { Invocation } from './program.ts';
import type { CommandRow, OptionRow } from './row.ts';

type Values = Record<string, string | boolean>;

/**
 * Reads a plain command line as `readCommandLine` does: a command without arguments, long options, each value a word
 * of its own. It is for what runs at every prompt: loading commander takes as long as starting Node by half.
 * null: not as plain as that, or wrong, which is not told here.
 */
export function readPlainLine(
  argv: readonly string[],
  rows: readonly CommandRow[],
  globalOptions: readonly OptionRow[],
): Invocation | null {
  const global: Values = { color: true };
  const options: Values = {};
  let row: CommandRow | null = null;
  const words = argv.values();
  for (const word of words) {
    if (!word.startsWith('-')) {
      row = row === null ? (rows.find(({ name }) => name === word) ?? null) : null;
      if (row === null || row.arguments.length > 0) return null;
      continue;
    }
    const own = row?.options.find((option) => flagOf(option) === word);
    const option = own ?? globalOptions.find((each) => flagOf(each) === word);
    if (option === undefined || option.choices !== undefined) return null;
    const value = takesValue(option) ? words.next().value : true;
    if (value === undefined || String(value).startsWith('-')) return null;
    const negated = word.startsWith('--no-');
    (own === undefined ? global : options)[nameOf(word)] = negated ? false : value;
  }
  if (row?.options.some((option) => option.default !== undefined)) return null;
  return { row, args: [], options, global };
}

/** `--follow` of `-f, --follow`, `--env` of `--env <name>`. */
function flagOf(option: OptionRow): string {
  return /--[a-z-]+/.exec(option.flags)?.[0] ?? '';
}

function takesValue(option: OptionRow): boolean {
  return option.flags.endsWith('>');
}

/** `readOnly` of `--read-only`, `color` of `--no-color`. */
function nameOf(flag: string): string {
  return flag.replace(/^--(no-)?/, '').replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
