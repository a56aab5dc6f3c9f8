import { type Cockpit, say } from '../cockpit.ts';
import { replaceTop } from '../input.ts';
import { subject, subjectService } from '../selectors.ts';
import { FIRST_RANGE, RANGES, type SearchRange } from '../stores/search.ts';
import { waited } from './act.ts';
import { choose, close, open, top } from './dialogs.ts';
import { startSearch } from './search-job.ts';

/** Asks for a search: the one that is shown, else the one that reads the service's own lines, to go on from. */
export async function askSearch(cockpit: Cockpit): Promise<void> {
  const shown = cockpit.view.get().logs.held?.search;
  const range = shown === undefined ? FIRST_RANGE : Math.max(0, RANGES.indexOf(shown.range));
  openQuery(cockpit, shown?.text ?? '', range);
  if (shown !== undefined) return;
  const begin = await beginning(cockpit);
  const dialog = top(cockpit, 'query');
  if (dialog?.text === '') replaceTop(cockpit, { ...dialog, ...begin });
}

function openQuery(cockpit: Cockpit, text: string, range: number): void {
  open(cockpit, { kind: 'query', text, range, recalled: -1, draft: '', error: null, abort: null });
}

async function beginning(cockpit: Cockpit): Promise<{ readonly text: string } | { readonly error: string }> {
  const service = subjectService(cockpit);
  const { environment } = cockpit.view.get();
  try {
    const jobs = await cockpit.logJobs();
    return { text: service === null ? '' : `${jobs.textOf({ service, environment })} ` };
  } catch (thrown) {
    return { error: wordsOf(thrown) };
  }
}

/** Runs what was written behind `:search`. */
export function searchFor(cockpit: Cockpit, text: string): void {
  const reason = needsPane(cockpit);
  if (reason !== null) {
    say(cockpit, reason, 'warn');
    return;
  }
  openQuery(cockpit, text, FIRST_RANGE);
  void submitQuery(cockpit);
}

/** The pane that shows what is found is the service's. */
export function needsPane(cockpit: Cockpit): string | null {
  return subject(cockpit.view.get()) === null ? 'No service is chosen' : null;
}

/** Has the log system read the search; what it takes is run, anything else stays to be mended. */
export async function submitQuery(cockpit: Cockpit): Promise<void> {
  const dialog = top(cockpit, 'query');
  if (dialog === null || dialog.abort !== null) return;
  const text = dialog.text.trim();
  const stop = new AbortController();
  replaceTop(cockpit, { ...dialog, error: null, abort: () => stop.abort() });
  try {
    const search = await (await cockpit.logJobs()).check(text, stop.signal);
    if (stop.signal.aborted) return;
    close(cockpit);
    cockpit.searches.add(text);
    startSearch(cockpit, search, text, RANGES[dialog.range] ?? NO_RANGE);
  } catch (thrown) {
    const now = top(cockpit, 'query');
    if (!stop.signal.aborted && now !== null) {
      replaceTop(cockpit, { ...now, error: wordsOf(thrown), abort: null });
    }
  }
}

const NO_RANGE: SearchRange = { label: 'its own time', time: { from: null, to: null } };

export function closeQuery(cockpit: Cockpit): void {
  top(cockpit, 'query')?.abort?.();
  close(cockpit);
}

/** Tab: the next time to read. */
export function nextRange(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'query');
  if (dialog !== null) replaceTop(cockpit, { ...dialog, range: (dialog.range + 1) % RANGES.length });
}

/** An earlier search (1), or a later one (-1) and in the end what was written by then. */
export function recall(cockpit: Cockpit, delta: 1 | -1): void {
  const dialog = top(cockpit, 'query');
  if (dialog === null) return;
  const before = cockpit.searches.list();
  const recalled = Math.max(-1, Math.min(before.length - 1, dialog.recalled + delta));
  const draft = dialog.recalled === -1 ? dialog.text : dialog.draft;
  replaceTop(cockpit, { ...dialog, recalled, draft, text: before[recalled] ?? draft, error: null });
}

/** Those that the log system keeps; one is run with the time that it was kept with. */
export async function chooseSaved(cockpit: Cockpit): Promise<void> {
  const saved = await waited(cockpit, 'Reading the saved searches', async (signal) =>
    (await cockpit.logJobs()).saved(signal),
  );
  if (saved === null) return;
  choose(
    cockpit,
    'Saved searches',
    'Enter runs one, over the time that it was saved with',
    saved.map(({ name, text, time }) => {
      const label = `${time.from ?? 'its beginning'} to ${time.to ?? 'now'}`;
      return {
        label: name,
        note: `${label}   ${text}`,
        pick: () => void runSaved(cockpit, text, { label: `${name}, ${label}`, time }),
      };
    }),
  );
}

async function runSaved(cockpit: Cockpit, text: string, range: SearchRange): Promise<void> {
  const search = await waited(cockpit, 'Having the search checked', async (signal) =>
    (await cockpit.logJobs()).check(text, signal),
  );
  if (search !== null) startSearch(cockpit, search, text, range);
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
