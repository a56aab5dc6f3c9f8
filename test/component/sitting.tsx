import { EventEmitter } from 'node:events';
import { render as renderInk } from 'ink';
import { onTestFinished } from 'vitest';
import { App } from '../../src/cockpit/app.tsx';
import { bindings } from '../../src/cockpit/bindings/index.ts';
import { type Cockpit, type CockpitSettings, createCockpit } from '../../src/cockpit/cockpit.ts';
import { buildKeymap } from '../../src/cockpit/keymap.ts';
import type { Screen } from '../../src/cockpit/layout.ts';
import { createStore } from '../../src/cockpit/stores/store.ts';
import { track } from '../../src/cockpit/tracker.ts';
import { FakeActions, FakeWatch } from './fakes.ts';
import { CATALOG } from './story.ts';

const KEYS: Readonly<Record<string, string>> = {
  Enter: '\r',
  Escape: '\x1b',
  Tab: '\t',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Space: ' ',
  Backspace: '\x7f',
  'Ctrl-R': '\x12',
  'Ctrl-C': '\x03',
};

interface SittingOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly settings?: Partial<CockpitSettings>;
  readonly watch?: FakeWatch;
}

/** Somebody in front of a cockpit on fakes: what they press, what they see, what was rung and copied. */
export class Sitting {
  readonly watch: FakeWatch;
  readonly actions = new FakeActions();
  readonly copied: string[] = [];
  readonly remembered: string[] = [];
  readonly cockpit: Cockpit;
  bells = 0;
  quits = 0;
  repaints = 0;
  readonly #stdin = new FakeStdin();
  readonly #stdout: FakeStdout;

  constructor(options: SittingOptions = {}) {
    this.watch = options.watch ?? new FakeWatch();
    const settings: CockpitSettings = {
      environment: 'prod',
      readOnly: false,
      bell: true,
      keys: {},
      email: null,
      rememberEnvironment: (name) => this.remembered.push(name),
      ...options.settings,
    };
    const screen = createStore<Screen>({ columns: options.columns ?? 120, rows: options.rows ?? 40 });
    this.#stdout = new FakeStdout(screen.get());
    this.cockpit = createCockpit(
      {
        watch: this.watch,
        actions: this.actions,
        catalog: CATALOG,
        settings,
        logLink: async (name) => `https://splunk.harbour.example/search?q=${name}`,
      },
      {
        screen,
        copy: (text) => this.copied.push(text),
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
      },
      buildKeymap(bindings, settings),
    );
    const untrack = track(this.cockpit);
    const instance = renderInk(<App cockpit={this.cockpit} />, {
      stdout: this.#stdout as unknown as NodeJS.WriteStream,
      stdin: this.#stdin as unknown as NodeJS.ReadStream,
      stderr: new FakeStdout(screen.get()) as unknown as NodeJS.WriteStream,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    onTestFinished(() => {
      untrack();
      instance.unmount();
      instance.cleanup();
    });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#stdin.type(KEYS[key] ?? key);
      // A lone Escape is told from an arrow key by the pause after it.
      await pause(key === 'Escape' ? 60 : 5);
    }
  }

  async types(text: string): Promise<void> {
    await this.press(...text);
  }

  resize(columns: number, rows: number): void {
    this.#stdout.columns = columns;
    this.#stdout.rows = rows;
    this.cockpit.terminal.screen.set({ columns, rows });
    this.#stdout.emit('resize');
  }

  get frame(): string {
    return this.#stdout.frame;
  }

  get lines(): readonly string[] {
    return this.frame.split('\n').map((line) => line.replace(SGR, ''));
  }

  /** Everything that was ever drawn. */
  get drawn(): string {
    return this.#stdout.frames.join('\n');
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

class FakeStdout extends EventEmitter {
  columns: number;
  rows: number;
  readonly isTTY = true;
  readonly frames: string[] = [];
  frame = '';

  constructor({ columns, rows }: Screen) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(frame: string): boolean {
    this.frames.push(frame);
    // Modes and cursor escapes come on their own.
    if (!frame.startsWith('\x1b[?')) this.frame = frame;
    return true;
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
