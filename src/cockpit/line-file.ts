import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogLine } from '../model/log-line.ts';
import type { LogLines } from '../model/log-lines.ts';

/** So many lines are written at once: keys are answered in between. */
const AT_ONCE = 500;

/** Why a file was not written: a sentence. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/**
 * Writes those of the numbered lines that are still there into a new file of mode 0600; how many. A file that is there
 * already stays as it is; of one that could not be written to its end, nothing stays. Throws `FileError`.
 */
export async function writeLines(
  file: string,
  lines: LogLines,
  numbers: readonly number[],
  form: (line: LogLine) => string,
): Promise<number> {
  const handle = await open(file, 'wx', 0o600).catch((thrown: unknown) => {
    throw new FileError(whyNot(file, thrown));
  });
  let written = 0;
  try {
    for (let from = 0; from < numbers.length; from += AT_ONCE) {
      const here = numbers.slice(from, from + AT_ONCE).filter((number) => lines.placeOf(number) >= 0);
      await handle.writeFile(here.map((number) => form(lines.line(number))).join(''));
      written += here.length;
    }
    await handle.close();
    return written;
  } catch (thrown) {
    await handle.close().catch(() => undefined);
    await unlink(file).catch(() => undefined);
    throw new FileError(whyNot(file, thrown));
  }
}

function whyNot(file: string, thrown: unknown): string {
  switch (thrown instanceof Error && 'code' in thrown ? thrown.code : null) {
    case 'EEXIST':
      return `${file} is there already, and stays as it is: choose another name`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no folder ${dirname(file)}: choose another one`;
    case 'EACCES':
    case 'EPERM':
      return `You may not write into ${dirname(file)}: choose another folder`;
    case 'EROFS':
      return `${dirname(file)} can only be read: choose another folder`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full: ${file} was not written; choose another one`;
    default:
      return `${file} was not written: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}
