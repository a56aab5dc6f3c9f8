/** A command of a search as it is written, with what follows it up to the next one. */
export interface SplCommand {
  readonly name: string;
  readonly args: string;
}

/** What runs in a search, as far as its text tells. */
export interface SplText {
  /** Those of subsearches too. */
  readonly commands: readonly SplCommand[];
  /** Names of macros, as written between their backticks. */
  readonly macros: readonly string[];
}

/**
 * Reads a search as it will be run: commands follow `|` and `[`; quoted text and comments (three backticks) hold none.
 * https://docs.splunk.com/Documentation/Splunk/latest/Search/Quotes, …/Search/Addcommentstosearches. Whether a backslash
 * outside quotes takes a quotation mark its meaning is told nowhere: it is read both ways, and what either finds counts.
 *
 * @param begins The text begins with a command.
 */
export function readSpl(text: string, begins = true): SplText {
  const [one, other] = [scan(text, begins, true), scan(text, begins, false)];
  return {
    commands: [...one.commands, ...other.commands],
    macros: [...new Set([...one.macros, ...other.macros])],
  };
}

const COMMENT = /```[\s\S]*?```/y;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"?/y;
const MACRO = /`([^`]*)`?/y;
const NAME = /\s*([A-Za-z_][\w.:-]*)/y;

function scan(text: string, begins: boolean, escapes: boolean): SplText {
  const commands: { name: string; args: string }[] = [];
  const macros: string[] = [];
  let expected = begins;
  for (let at = 0; at < text.length; ) {
    const comment = match(COMMENT, text, at);
    if (comment !== null) {
      at += comment[0].length;
      continue;
    }
    const command = expected ? match(NAME, text, at) : null;
    if (command?.[1] !== undefined) {
      commands.push({ name: command[1].toLowerCase(), args: '' });
      expected = false;
      at += command[0].length;
      continue;
    }
    const macro = match(MACRO, text, at);
    if (macro?.[1] !== undefined) macros.push(macro[1].trim());
    const escaped = escapes && text[at] === '\\' ? text.slice(at, at + 2) : null;
    const piece = (macro ?? match(QUOTED, text, at))?.[0] ?? escaped ?? text.charAt(at);
    if (piece === '|' || piece === '[') expected = true;
    else if (piece.trim() !== '') expected = false;
    const last = commands.at(-1);
    if (last !== undefined) last.args += piece;
    at += piece.length;
  }
  return { commands, macros };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
