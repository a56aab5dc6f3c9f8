import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { newRuntimeFolder } from '../../config/runtime-folder.ts';
import { logFileLine } from '../../text/log-line.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { writeLines } from '../line-file.ts';
import { chosenNumbers, cursorPlace, shownLines } from '../shown-lines.ts';

const USUAL = 'less -R';

/** Gives the terminal to `$PAGER` with the shown lines in a file of its own, which goes when the pager ends. */
export async function pageLines(cockpit: Cockpit): Promise<void> {
  const lines = shownLines(cockpit);
  const at = cursorPlace(cockpit, lines);
  const numbers = chosenNumbers(cockpit, lines);
  const [program = '', ...args] = (cockpit.settings.pager ?? USUAL).split(/\s+/);
  let folder: string | null = null;
  try {
    folder = await newRuntimeFolder();
    const file = join(folder, 'lines.log');
    await writeLines(file, lines, numbers, logFileLine);
    const whole = numbers.length === lines.length;
    const where = whole && basename(program) === 'less' ? [begin(cockpit, at)] : [];
    await cockpit.terminal.lend([program, ...args, ...where, file]);
  } catch (thrown) {
    say(cockpit, whyNot(program, thrown), 'bad');
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Where `less` begins, as its `+COMMAND` has it (less(1)): at the end, or where the person reads. */
function begin(cockpit: Cockpit, at: number): string {
  return cockpit.view.get().logs.anchor === null ? '+G' : `+${at + 1}g`;
}

function whyNot(program: string, thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'ENOENT') return `There is no program ${program} here: set PAGER to one, or save with >`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
