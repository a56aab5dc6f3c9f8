import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';

const { Terminal } = headless;

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A real pseudo-terminal with a real terminal emulator at its other end: what it shows is what a person sees. */
export class RealTerminal {
  readonly screen: InstanceType<typeof Terminal>;
  readonly #pty: IPty;
  readonly #exited: Promise<number>;
  #exitCode: number | null = null;
  #bytes = 0;
  #output: string[] = [];
  #changed: (() => void)[] = [];

  constructor(file: string, args: readonly string[], options: TerminalOptions) {
    const { columns, rows } = options;
    this.screen = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    this.screen.loadAddon(new unicode11.Unicode11Addon());
    this.screen.unicode.activeVersion = '11';
    const env = { ...cleanEnvironment(), ...options.env };
    this.#pty = spawn(file, [...args], {
      name: env.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: options.cwd ?? process.cwd(),
      env,
    });
    this.screen.onData((answer) => {
      if (this.#exitCode === null) this.#pty.write(answer);
    });
    this.#pty.onData((data) => {
      this.#bytes += Buffer.byteLength(data);
      this.#output.push(data);
      this.screen.write(data, () => this.#wake());
    });
    this.#exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#exitCode = exitCode;
        this.screen.write('', () => {
          this.#wake();
          resolve(exitCode);
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Bytes that came over the wire since the start. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Everything that came over the wire, as it came. */
  get output(): string {
    return this.#output.join('');
  }

  get exitCode(): number | null {
    return this.#exitCode;
  }

  write(data: string): void {
    this.#pty.write(data);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.screen.resize(columns, rows);
  }

  signal(name: string): void {
    this.#pty.kill(name);
  }

  /** The visible rows, right-trimmed. */
  lines(): string[] {
    const buffer = this.screen.buffer.active;
    return Array.from(
      { length: this.screen.rows },
      (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Waits until the screen satisfies `holds`; throws with the screen as it stands when it never does. */
  async until(what: string, holds: (text: string) => boolean, timeoutMs = 20_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!holds(this.text())) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`The terminal never showed ${what}. It shows:\n${this.text()}`);
      if (this.#exitCode !== null)
        throw new Error(`The program ended (${this.#exitCode}) before ${what}:\n${this.text()}`);
      await this.#change(Math.min(left, 250));
    }
  }

  exited(): Promise<number> {
    return this.#exited;
  }

  async close(): Promise<void> {
    if (this.#exitCode !== null) return;
    this.#pty.kill('SIGTERM');
    const force = setTimeout(() => this.#pty.kill('SIGKILL'), 5_000);
    await this.#exited;
    clearTimeout(force);
  }

  #change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#changed.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const wake of waiting) wake();
  }
}

function cleanEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(CI|NO_COLOR|FORCE_COLOR|ONCALL_.*|npm_.*|VITEST.*|NODE_ENV)$/.test(name))
      env[name] = value;
  }
  return {
    ...env,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}
