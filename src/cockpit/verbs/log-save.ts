import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { jsonLogLine, logFileLine } from '../../text/log-line.ts';
import { count } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { writeLines } from '../line-file.ts';
import { subject } from '../selectors.ts';
import { chosenNumbers, shownLines } from '../shown-lines.ts';
import { open } from './dialogs.ts';

/** Why no lines can be kept; null: there are some. */
export function needsLines(cockpit: Cockpit): string | null {
  return shownLines(cockpit).length === 0 ? 'There are no lines here' : null;
}

/** Asks for a name, then writes the lines that were shown at the key. */
export function saveLines(cockpit: Cockpit): void {
  const lines = shownLines(cockpit);
  const numbers = chosenNumbers(cockpit, lines);
  const last = lines.timeOf(lines.numberAt(lines.length - 1));
  const minute = new Date(last).toISOString().slice(0, 16).replace(':', '');
  const ask = (text: string) =>
    open(cockpit, {
      kind: 'text',
      title: `Save ${count(numbers.length, 'line')} to a file`,
      hint: `In ${cockpit.settings.folder}, unless it begins with / or ~. A name that ends in .json or .jsonl: one JSON object a line.`,
      text,
      verb: 'save',
      submit: (name) => void save(name),
    });
  const save = async (name: string) => {
    const file = pathOf(cockpit, name);
    try {
      const written = await writeLines(file, lines, numbers, formOf(file));
      const lost = numbers.length - written;
      const gone = lost > 0 ? ` (${count(lost, 'line')} had already been dropped)` : '';
      say(cockpit, `${count(written, 'line')} saved in ${file}${gone}`, 'good');
    } catch (thrown) {
      ask(name);
      say(cockpit, thrown instanceof Error ? thrown.message : String(thrown), 'bad');
    }
  };
  ask(`${subject(cockpit.view.get())?.service ?? 'logs'}-${minute}.log`);
}

function pathOf({ settings }: Cockpit, name: string): string {
  return name.startsWith('~/') ? join(homedir(), name.slice(2)) : resolve(settings.folder, name);
}

function formOf(file: string): typeof logFileLine {
  return /\.jsonl?$/.test(file) ? jsonLogLine : logFileLine;
}
