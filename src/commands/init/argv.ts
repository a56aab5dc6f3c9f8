import type { Checked } from './talk.ts';

/** A command line as words; quotes hold a word together. No shell will run it, so what only a shell does is refused. */
export function wordsOf(line: string): Checked<readonly string[]> {
  const words: string[] = [];
  const token = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gy;
  let glued = false;
  let end = 0;
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [all, double, single, bare] = match;
    if (bare !== undefined && /[|<>;&`]|\$\(|^\$/.test(bare)) {
      return {
        wrong: `No shell runs it, so ${bare} would be an argument. Put the line into a script of your own and name that.`,
      };
    }
    const word = double ?? single ?? bare ?? '';
    glued = words.length > 0 && !/^\s/.test(all);
    if (glued) words.push(`${words.pop()}${word}`);
    else words.push(word);
    end = token.lastIndex;
  }
  if (line.slice(end).trim() !== '') return { wrong: 'A quote is open.' };
  return words.length === 0 ? { wrong: 'Type a program and its arguments.' } : { value: words };
}
