import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { ROWS } from '../../src/commands/init/rows.ts';
import type { RealTerminal } from '../support/terminal.ts';

/** More than anybody would answer. */
const MOST_QUESTIONS = 200;
/** Longer than looking around takes. */
const PATIENCE_MS = 30_000;

interface Settings {
  readonly token?: { readonly file?: string };
  readonly [key: string]: unknown;
}

/** Somebody who sets up oncall: knows addresses and where tokens lie, and takes what is offered otherwise. */
export class Newcomer {
  readonly #terminal: RealTerminal;
  readonly #folder: string;
  readonly #knows: {
    readonly systems: Readonly<Record<string, Settings>>;
    readonly environments: Readonly<
      Record<string, { readonly aws: Settings; readonly containers: Settings }>
    >;
  };
  #answered = -1;

  /** @param config what leads to the practice world, as far as a person is told of it */
  constructor(terminal: RealTerminal, config: string) {
    this.#terminal = terminal;
    this.#folder = dirname(config);
    this.#knows = parse(readFileSync(config, 'utf8'));
  }

  async answers(question: RegExp, answer: string): Promise<void> {
    const asked = await this.#question();
    if (asked === null || !question.test(asked)) throw new Error(`asked was ${asked}, not ${question}`);
    this.#type(answer);
  }

  /** Answers whatever is asked until the end; resolves with the exit code. */
  async answersAll(): Promise<number> {
    for (let count = 0; count < MOST_QUESTIONS; count += 1) {
      const asked = await this.#question();
      if (asked === null) return this.#terminal.exited();
      this.#type(this.#answerTo(asked, this.#title()));
    }
    throw new Error(`It asks for ever:\n${this.#terminal.text()}`);
  }

  #answerTo(asked: string, title: string): string {
    const isOffered = asked.includes('[');
    const place = /^(AWS|Containers) of (\w+)/.exec(title);
    if (place !== null) {
      const { aws, containers } = this.#knows.environments[place[2] ?? ''] ?? { aws: {}, containers: {} };
      if (/Credentials file \[~/.test(asked)) return join(this.#folder, String(aws.credentials_file));
      if (/Endpoint \[AWS/.test(asked)) return String(aws.endpoint);
      if (/Socket/.test(asked) && !isOffered) return String(containers.socket);
      return /How \[1/.test(asked) ? '2' : '';
    }
    if (/Is it the practice world/.test(asked)) return 'y';
    if (/GitHub organisations/.test(asked)) return 'harbour';
    if (/Name of your tribe/.test(asked)) return 'Harbour';
    const [system = ''] = Object.entries(ROWS).find(([, row]) => title.startsWith(`${row.title}  `)) ?? [
      title.split('  ')[0],
    ];
    const settings = this.#knows.systems[system];
    if (settings === undefined) return '';
    if (/How/.test(asked)) return '3';
    if (/File/.test(asked)) return join(this.#folder, String(settings.token?.file));
    const key = asked
      .trim()
      .replace(/ (\(|\[|:).*|:$/g, '')
      .toLowerCase()
      .replaceAll(' ', '_')
      .replace(/address/, 'url');
    const value = settings[key];
    return value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value);
  }

  /** The question at the cursor; null: the program has ended. */
  async #question(): Promise<string | null> {
    const { screen } = this.#terminal;
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      if (performance.now() > deadline) throw new Error(`Nothing is asked:\n${this.#terminal.text()}`);
      if (this.#terminal.exitCode !== null) return null;
      // What has come is on the screen only once the terminal has read it.
      await new Promise<void>((resolve) => screen.write('', resolve));
      const { cursorX, cursorY, baseY } = screen.buffer.active;
      const line = screen.buffer.active.getLine(baseY + cursorY)?.translateToString(false) ?? '';
      const isAsked = /^ {2}\S.*: $/.test(line.slice(0, cursorX)) && line.slice(cursorX).trim() === '';
      if (isAsked && this.#lines() > this.#answered) return line.trimEnd();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #type(answer: string): void {
    this.#answered = this.#lines();
    this.#terminal.write(`${answer}\r`);
  }

  /** What is spoken of: the last line that begins at the margin after an empty one. */
  #title(): string {
    const lines = this.#terminal.lines();
    const last = lines.findLastIndex((line, at) => /^\S/.test(line) && (lines[at - 1] ?? '') === '');
    return lines[last] ?? '';
  }

  #lines(): number {
    return this.#terminal.output.split('\n').length;
  }
}
