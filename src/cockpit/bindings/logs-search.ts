import type { Binding } from '../keymap.ts';
import type { View } from '../stores/view.ts';
import { askSearch, chooseSaved, needsPane } from '../verbs/log-search.ts';
import { endSearch, needsRunning, restSearch } from '../verbs/search-job.ts';

const restMeaning = ({ logs: { held } }: View) =>
  held?.search?.state === 'paused' ? 'go on' : isOver(held?.search?.state) ? '' : 'rest';

const endMeaning = ({ logs: { held } }: View) => (isOver(held?.search?.state) ? '' : 'end it');

function isOver(state: string | undefined): boolean {
  return state === 'ended' || state === 'failed';
}

const asking = {
  keys: ['i'],
  label: 'search',
  help: 'search by hand; Tab chooses the time, ↑ recalls earlier ones',
  disabledReason: needsPane,
  run: (cockpit) => void askSearch(cockpit),
} satisfies Partial<Binding>;

const saved = {
  keys: ['I'],
  label: 'saved',
  help: 'the saved searches of the log system',
  disabledReason: needsPane,
  run: (cockpit) => void chooseSaved(cockpit),
} satisfies Partial<Binding>;

const ending = {
  keys: ['x'],
  label: endMeaning,
  help: 'end it; what it has found stays (Esc cancels it)',
  hint: -6,
  disabledReason: needsRunning,
  run: endSearch,
} satisfies Partial<Binding>;

const resting = {
  keys: ['space'],
  label: restMeaning,
  help: 'let it rest, or go on; once it has ended: pause, or follow',
  hint: -5,
  run: restSearch,
} satisfies Partial<Binding>;

/** Keys to and in what a search by hand finds: lines, which have all keys of lines too, or a table. */
export const logsSearchBindings: readonly Binding[] = [
  { ...asking, id: 'search', scope: 'logs' },
  { ...saved, id: 'saved-searches', scope: 'logs' },
  { ...ending, id: 'end-search', scope: 'search' },
  { ...resting, id: 'rest-search', scope: 'search', overrides: 'pause' },
  { ...asking, id: 'table.search', scope: 'table', palette: false, hint: -4 },
  { ...saved, id: 'table.saved', scope: 'table', palette: false },
  { ...ending, id: 'table.end', scope: 'table', palette: false },
  { ...resting, id: 'table.rest', scope: 'table', palette: false },
];
