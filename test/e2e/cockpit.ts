import { execFileSync } from 'node:child_process';
import { ONCALL } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';

const KEYS = {
  Enter: '\r',
  Escape: '\x1b',
  Tab: '\t',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Space: ' ',
  Backspace: '\x7f',
  'Ctrl-C': '\x03',
  'Ctrl-R': '\x12',
  'Ctrl-Z': '\x1a',
} as const;

export type Key = keyof typeof KEYS;

export interface Sitting {
  readonly config: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  readonly home?: Home;
  readonly env?: Readonly<Record<string, string>>;
  /** A program that runs the command line given after it somewhere else: `ssh -tt HOST`. */
  readonly through?: readonly string[];
}

/** A person in front of the cockpit: what they press and what they see. */
export class Cockpit {
  readonly terminal: RealTerminal;
  readonly home: Home;
  readonly #ownsHome: boolean;

  private constructor(sitting: Sitting) {
    this.#ownsHome = sitting.home === undefined;
    this.home = sitting.home ?? new Home();
    // The shell that stays behind tells whether the terminal was given back as it was.
    const script =
      '"$@"; code=$?; stty -a | tr " ;" "\\n\\n" | grep -qx -- -icanon && echo TERMINAL-RAW; echo "LEFT-WITH $code"';
    const env = { ...this.home.env, ...sitting.env };
    const here = [process.execPath, ONCALL, ...(sitting.args ?? []), '--config', sitting.config];
    const { through } = sitting;
    const command = through === undefined ? here : [...through, remoteLine(env, here)];
    this.terminal = new RealTerminal('/bin/sh', ['-c', script, 'sh', ...command], {
      columns: sitting.columns ?? 120,
      rows: sitting.rows ?? 40,
      env,
    });
  }

  static open(sitting: Sitting): Cockpit {
    return new Cockpit(sitting);
  }

  async press(...keys: readonly (Key | string)[]): Promise<void> {
    for (const key of keys) {
      this.terminal.write(key in KEYS ? KEYS[key as Key] : key);
      // A lone Escape is told from an arrow key by the pause after it.
      await pause(key === 'Escape' ? 250 : 30);
    }
  }

  async types(text: string): Promise<void> {
    await this.press(...text);
  }

  async sees(what: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.terminal.until(`${what}`, (text) => matches(text, what), timeoutMs);
  }

  /** Sees a sentence, however it is broken into lines inside a box. */
  async reads(sentence: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.terminal.until(`${sentence}`, (text) => matches(unwrapped(text), sentence), timeoutMs);
  }

  async seesNoMore(what: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.terminal.until(`no ${what}`, (text) => !matches(text, what), timeoutMs);
  }

  /** The row that shows `what`, counted from the top; -1: none. */
  rowOf(what: string | RegExp): number {
    return this.terminal.lines().findIndex((line) => matches(line, what));
  }

  /** The cockpit's own process: the shell's child. */
  cockpitPid(): number {
    return Number(
      execFileSync('ps', ['-o', 'pid=', '--ppid', `${this.terminal.pid}`], { encoding: 'utf8' })
        .trim()
        .split('\n')[0],
    );
  }

  /** After a dialog has closed, keys that change the world are not taken for half a second. */
  async looksUp(): Promise<void> {
    await pause(600);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
  }

  /** Waits for the end and says how the terminal was left. */
  async left(): Promise<{ exit: number; restored: boolean; text: string }> {
    await this.terminal.until('the shell again', (text) => /LEFT-WITH \d+/.test(text));
    const { screen, output } = this.terminal;
    const text = this.terminal.text();
    const cursorShown = output.lastIndexOf('\x1b[?25h') >= output.lastIndexOf('\x1b[?25l');
    const restored = screen.buffer.active.type === 'normal' && cursorShown && !text.includes('TERMINAL-RAW');
    return { exit: Number(/LEFT-WITH (\d+)/.exec(text)?.[1]), restored, text };
  }

  /** SIGKILL: nothing in the process can answer it. Its terminal goes with it. */
  async killed(): Promise<void> {
    process.kill(this.cockpitPid(), 'SIGKILL');
    await this.terminal.exited();
  }

  async close(): Promise<void> {
    await this.terminal.close();
    if (this.#ownsHome) this.home.remove();
  }
}

function matches(text: string, what: string | RegExp): boolean {
  return typeof what === 'string' ? text.includes(what) : what.test(text);
}

/** The command with its environment, as a shell at the other end takes it. */
function remoteLine(env: Readonly<Record<string, string>>, command: readonly string[]): string {
  const set = Object.entries({ TZ: 'UTC', LC_ALL: 'C.UTF-8', ...env }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return ['exec', 'env', ...set, ...command].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

function unwrapped(text: string): string {
  return text.replace(/\s*│?\n│?\s*/g, ' ');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
