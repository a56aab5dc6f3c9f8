import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { render as renderInk } from 'ink';
import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import { App } from '../../src/cockpit/app.tsx';
import { bindings } from '../../src/cockpit/bindings/index.ts';
import { type Cockpit, type CockpitSettings, createCockpit } from '../../src/cockpit/cockpit.ts';
import { AFTERMATH_MS } from '../../src/cockpit/input.ts';
import { buildKeymap } from '../../src/cockpit/keymap.ts';
import type { Screen } from '../../src/cockpit/layout.ts';
import { USUAL } from '../../src/cockpit/look.ts';
import { createStore } from '../../src/cockpit/stores/store.ts';
import { track } from '../../src/cockpit/tracker.ts';
import { takeUpEarlier } from '../../src/cockpit/verbs/earlier.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { LogMark } from '../../src/model/log-mark.ts';
import type { LogSearch } from '../../src/model/ports/index.ts';
import { fakeSystems } from '../unit/watch/fakes.ts';
import { FakeLogJobs } from './fake-log-jobs.ts';
import { FakeActions, FakeWatch } from './fakes.ts';
import { CATALOG } from './story.ts';

const KEYS: Readonly<Record<string, string>> = {
  Enter: '\r',
  Escape: '\x1b',
  Tab: '\t',
  Up: '\x1b[A',
  Down: '\x1b[B',
  PageDown: '\x1b[6~',
  PageUp: '\x1b[5~',
  Space: ' ',
  Backspace: '\x7f',
  'Ctrl-R': '\x12',
  'Ctrl-U': '\x15',
  'Ctrl-L': '\x0c',
  'Ctrl-N': '\x0e',
  'Ctrl-C': '\x03',
};

/** As wide as ink-testing-library makes it. */
const TEST_SCREEN: Screen = { columns: 100, rows: 40 };

interface SittingOptions {
  /** A terminal of that size; without it the one of ink-testing-library, 100 columns wide. */
  readonly screen?: Screen;
  readonly settings?: Partial<CockpitSettings>;
  readonly catalog?: Catalog;
  readonly watch?: FakeWatch;
  readonly actions?: FakeActions;
  /** What the log system answers to a search by hand. */
  readonly search?: Partial<LogSearch>;
}

/** Somebody in front of a cockpit on fakes: what they press, what they see, what was rung and copied. */
export class Sitting {
  readonly watch: FakeWatch;
  readonly actions: FakeActions;
  readonly copied: string[] = [];
  readonly remembered: string[] = [];
  readonly marks: LogMark[] = [];
  /** Searches that were run, newest first. */
  readonly searched: string[] = [];
  readonly jobs = new FakeLogJobs();
  /** Programs that had the terminal. */
  readonly lent: (readonly string[])[] = [];
  readonly cockpit: Cockpit;
  bells = 0;
  quits = 0;
  repaints = 0;
  readonly #terminal: TestTerminal;

  constructor(options: SittingOptions = {}) {
    this.watch = options.watch ?? new FakeWatch();
    this.actions = options.actions ?? new FakeActions();
    const settings: CockpitSettings = {
      environment: 'prod',
      readOnly: false,
      bell: true,
      keys: {},
      email: null,
      rememberEnvironment: (name) => this.remembered.push(name),
      folder: tmpdir(),
      pager: null,
      appearance: USUAL,
      ...options.settings,
    };
    const screen = createStore<Screen>(options.screen ?? TEST_SCREEN);
    this.cockpit = createCockpit(
      {
        watch: this.watch,
        actions: this.actions,
        catalog: options.catalog ?? CATALOG,
        settings,
        logLink: async (name) => `https://splunk.harbour.example/search?q=${name}`,
        logMarks: {
          add: async (mark) => void this.marks.push(mark),
          read: async () => this.marks,
        },
        logSearch: fakeSystems({ logSearch: options.search ?? {} }).logSearch,
        logJobs: async () => this.jobs,
        searches: {
          list: () => this.searched,
          add: (text) => void this.searched.unshift(text),
        },
      },
      {
        screen,
        copy: (text) => this.copied.push(text),
        left: new AbortController().signal,
        bell: () => {
          this.bells += 1;
        },
        quit: () => {
          this.quits += 1;
        },
        repaint: () => {
          this.repaints += 1;
        },
        suspend: () => undefined,
        lend: async (command) => void this.lent.push(command),
      },
      buildKeymap(bindings, settings),
    );
    const untrack = track(this.cockpit);
    this.#terminal = options.screen === undefined ? testTerminal(this.cockpit) : sizedTerminal(this.cockpit);
    onTestFinished(() => {
      untrack();
      this.#terminal.close();
    });
  }

  /** What the cockpit itself does when it is opened. */
  begin(): void {
    takeUpEarlier(this.cockpit);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#terminal.type(KEYS[key] ?? key);
      // A lone Escape is told from an arrow key by the pause after it.
      await pause(key === 'Escape' ? 60 : 5);
    }
  }

  async types(text: string): Promise<void> {
    await this.press(...text);
  }

  /** As long as somebody needs to look up after a dialog has closed. */
  async looksUp(): Promise<void> {
    const until = this.cockpit.view.get().dialogClosedAt + AFTERMATH_MS;
    await pause(Math.max(0, until - performance.now()) + 5);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize({ columns, rows });
    this.cockpit.terminal.screen.set({ columns, rows });
  }

  get lines(): readonly string[] {
    const frame = this.#terminal.frames.findLast((each) => !each.startsWith('\x1b[?')) ?? '';
    return frame.split('\n').map((line) => line.replace(SGR, ''));
  }

  /** Everything that was ever drawn. */
  get drawn(): string {
    return this.#terminal.frames.join('\n');
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** The row that shows `what`, counted from the top; -1: none. */
  rowOf(what: string): number {
    return this.lines.findIndex((line) => line.includes(what));
  }

  async sees(what: string | RegExp): Promise<void> {
    await this.until(
      () => (typeof what === 'string' ? this.text.includes(what) : what.test(this.text)),
      `${what}`,
    );
  }

  async seesNoMore(what: string): Promise<void> {
    await this.until(() => !this.text.includes(what), `no ${what}`);
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + 5_000;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`waited for ${what}; the screen is\n${this.text}`);
      await pause(5);
    }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for.
const SGR = /\x1b\[[0-9;]*m/g;

/** What an Ink app is drawn on and typed at. */
interface TestTerminal {
  /** As written, in order; modes and cursor escapes come on their own. */
  readonly frames: readonly string[];
  type(text: string): void;
  resize(screen: Screen): void;
  close(): void;
}

/** ink-testing-library's terminal: it has 100 columns, always. */
function testTerminal(cockpit: Cockpit): TestTerminal {
  const { frames, stdin, unmount, cleanup } = render(<App cockpit={cockpit} />);
  return {
    frames,
    type: (text) => stdin.write(text),
    resize: () => {
      throw new Error('give the sitting a screen to resize it');
    },
    close: () => {
      unmount();
      cleanup();
    },
  };
}

/** A terminal of any size. */
function sizedTerminal(cockpit: Cockpit): TestTerminal {
  const stdin = new FakeStdin();
  const stdout = new FakeStdout(cockpit.terminal.screen.get());
  const instance = renderInk(<App cockpit={cockpit} />, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stderr: new FakeStdout(cockpit.terminal.screen.get()) as unknown as NodeJS.WriteStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    frames: stdout.frames,
    type: (text) => stdin.type(text),
    resize: (screen) => stdout.resize(screen),
    close: () => {
      instance.unmount();
      instance.cleanup();
    },
  };
}

class FakeStdout extends EventEmitter {
  columns: number;
  rows: number;
  readonly isTTY = true;
  readonly frames: string[] = [];

  constructor({ columns, rows }: Screen) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(frame: string): boolean {
    this.frames.push(frame);
    return true;
  }

  resize({ columns, rows }: Screen): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}

class FakeStdin extends EventEmitter {
  readonly isTTY = true;
  #data: string | null = null;

  type(text: string): void {
    this.#data = text;
    this.emit('readable');
    this.emit('data', text);
  }

  read(): string | null {
    const data = this.#data;
    this.#data = null;
    return data;
  }

  setEncoding(): void {}
  setRawMode(): void {}
  resume(): void {}
  pause(): void {}
  ref(): void {}
  unref(): void {}
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
