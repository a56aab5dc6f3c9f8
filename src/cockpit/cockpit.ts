import type { Actions, JournalIntent } from '../actions/types.ts';
import type { RoutedBefore } from '../insight/suggested-squad.ts';
import type { Catalog } from '../model/catalog.ts';
import { type Instant, localNow } from '../model/instant.ts';
import type { LogMark, LogMarks } from '../model/log-mark.ts';
import type { LogJobs, LogSearch } from '../model/ports/index.ts';
import type { Watch } from '../watch/types.ts';
import type { Keymap } from './keymap.ts';
import type { Screen } from './layout.ts';
import type { Appearance } from './look.ts';
import type { Run } from './stores/runs.ts';
import type { RunningSearch } from './stores/search.ts';
import { createStore, type Store } from './stores/store.ts';
import { initialView, type View } from './stores/view.ts';
import type { Tone } from './theme.ts';

export interface CockpitSettings {
  readonly environment: string;
  readonly readOnly: boolean;
  /** Ring the terminal's bell on a new page of high urgency. */
  readonly bell: boolean;
  /** Keys that the person chose: id of a binding to a key. */
  readonly keys: Readonly<Record<string, string>>;
  /** Who acts, as the configuration says it; null: only PagerDuty knows. */
  readonly email: string | null;
  readonly rememberEnvironment: (name: string) => void;
  /** The folder that the person is in: files are saved there unless a path says otherwise. */
  readonly folder: string;
  /** Program and arguments as `$PAGER` has them; null: the usual one. */
  readonly pager: string | null;
  readonly appearance: Appearance;
}

export interface CockpitDeps {
  readonly watch: Watch;
  readonly actions: Actions;
  readonly catalog: Catalog;
  readonly settings: CockpitSettings;
  /** A page of the log system's own web interface for this service; null: none is configured. */
  readonly logLink: (service: string, environment: string) => Promise<string | null>;
  /** For what is looked up in the logs by hand, and not watched. */
  readonly logSearch: () => Promise<LogSearch>;
  readonly logMarks: LogMarks;
  /** For searches that the person writes. */
  readonly logJobs: () => Promise<LogJobs>;
  readonly searches: SearchHistory;
}

/** Searches that were written before, newest first. */
export interface SearchHistory {
  list(): readonly string[];
  add(text: string): void;
}

/** What the terminal does for the cockpit, beside being drawn on. */
export interface TerminalPort {
  readonly screen: Store<Screen>;
  /** Puts the text on the clipboard (OSC 52). */
  copy(text: string): void;
  bell(): void;
  /** Draws every cell again: something else has written on the screen. */
  repaint(): void;
  quit(): void;
  /** Aborts when the cockpit is left: the remote work goes on, but nobody watches it from here any more. */
  readonly left: AbortSignal;
  /** Gives the terminal back to the shell until the process is continued. */
  suspend(): void;
  /** Gives the terminal to a program (an argument vector) until it ends; rejects when it cannot be started. */
  lend(command: readonly string[]): Promise<void>;
}

/** Everything that a key, a pane or a dialog may touch. */
export interface Cockpit extends CockpitDeps {
  readonly view: Store<View>;
  readonly runs: Store<readonly Run[]>;
  /** Rollbacks of an earlier session that the journal still has unfinished. */
  readonly left: Store<readonly JournalIntent[]>;
  /** What went to squads from here before, newest first: suggestions learn from it. */
  readonly routed: Store<readonly RoutedBefore[]>;
  /** A search by hand; null: none was begun. */
  readonly runningSearch: Store<RunningSearch | null>;
  /** Lines of logs that were marked here, in the order of marking. */
  readonly marks: Store<readonly LogMark[]>;
  /** This machine's clock, in steps of seconds: ages are told by it. */
  readonly now: Store<Instant>;
  readonly terminal: TerminalPort;
  readonly keymap: Keymap;
}

export function createCockpit(deps: CockpitDeps, terminal: TerminalPort, keymap: Keymap): Cockpit {
  const { environment, appearance } = deps.settings;
  return {
    ...deps,
    terminal,
    keymap,
    view: createStore({ ...initialView(environment), zoomed: appearance.screenReader }),
    runs: createStore<readonly Run[]>([]),
    left: createStore<readonly JournalIntent[]>([]),
    runningSearch: createStore<RunningSearch | null>(null),
    routed: createStore<readonly RoutedBefore[]>([]),
    marks: createStore<readonly LogMark[]>([]),
    now: createStore(localNow()),
  };
}

/** A sentence in the message line; it stays until the next key. */
export function say(cockpit: Cockpit, text: string, tone?: Tone): void {
  cockpit.view.update((view) => ({
    ...view,
    message: tone === undefined ? { text } : { text, tone },
  }));
}
