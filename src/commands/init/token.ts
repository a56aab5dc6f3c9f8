import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readSecret } from '../../config/secrets.ts';
import type { Secret } from '../../config/systems/parts.ts';
import { wordsOf } from './argv.ts';
import { looksSecret } from './looks-secret.ts';
import type { Checked, Talk } from './talk.ts';

const WAYS = ['command', 'env', 'file'] as const;
type Way = (typeof WAYS)[number];

const PASTED =
  'This looks like the token itself. It is not kept here: say where it is, so that it never stands in a file that others read. It stands in this terminal now: clear that, and replace the token if somebody else may have seen it.';

/** How tokens were got so far: the next one is probably got in the same way. */
export class TokenWays {
  #last: Secret | null = null;

  /** Asks how to get a token, and gets it once to see that it works. */
  async ask(talk: Talk, system: string, about: string, folder: string): Promise<Secret> {
    const usual = this.#last === null ? 1 : WAYS.findIndex((way) => this.#last?.[way] !== undefined) + 1;
    for (;;) {
      const way =
        this.#last === null ? await firstWay(talk, about) : await nextWay(talk, about, Math.max(1, usual));
      const secret = await this.#details(talk, way, system, folder);
      if (secret === null) continue;
      this.#last = secret;
      return secret;
    }
  }

  /** null: the person wants another way. */
  #details(talk: Talk, way: Way, system: string, folder: string): Promise<Secret | null> {
    const tried = async (secret: Secret): Promise<Checked<Secret | null>> => {
      try {
        await readSecret(secret, folder);
        return { value: secret };
      } catch (error) {
        return { wrong: error instanceof Error ? error.message : String(error) };
      }
    };
    if (way === 'command') {
      return talk.ask({
        text: 'Command (- for another way)',
        usual: this.#last?.command === undefined ? undefined : sibling(this.#last.command, system),
        help: 'A program and its arguments, such as: pass oncall/pagerduty. It is run without a shell, 5 s at most, and prints the token alone.',
        check: (line) => {
          if (line === '-') return { value: null };
          if (looksSecret(line)) return { wrong: PASTED };
          const words = wordsOf(line);
          return 'wrong' in words ? words : tried({ command: [...words.value] });
        },
      });
    }
    if (way === 'env') {
      return talk.ask({
        text: 'Name of the variable (- for another way)',
        usual: `${system.toUpperCase()}_TOKEN`,
        check: (typed) => {
          if (typed === '-') return { value: null };
          const name = typed.replace(/^\$/, '');
          if (process.env[name] === undefined && looksSecret(name)) return { wrong: PASTED };
          if (!/^[A-Za-z_]\w*$/.test(name))
            return { wrong: 'The name of a variable has letters, digits and _.' };
          return tried({ env: name });
        },
      });
    }
    return talk.ask({
      text: 'File (- for another way)',
      usual: this.#last?.file === undefined ? undefined : besides(this.#last.file, system),
      help: 'A path; ~/ is your home. The file holds the token alone and has mode 0600.',
      check: (path) => {
        if (path === '-') return { value: null };
        if (looksSecret(path)) return { wrong: PASTED };
        return tried({ file: path.startsWith('~/') ? path : resolve(path) });
      },
    });
  }
}

function firstWay(talk: Talk, about: string): Promise<Way> {
  talk.say(`Its token (${about}) is never kept here, only how to get it:`, 2);
  return talk.choose<Way>('How', [
    ['a command that prints it, such as pass or op', 'command'],
    ['an environment variable', 'env'],
    ['a file that only you can read (mode 0600)', 'file'],
  ]);
}

/** The choices are known by now: one line. */
function nextWay(talk: Talk, about: string, usual: number): Promise<Way> {
  return talk.ask<Way>({
    text: `How to get its token: 1 a command, 2 a variable, 3 a file`,
    help: `What token: ${about}.`,
    usual: String(usual),
    check: (answer) => {
      const way = /^[123]$/.test(answer) ? WAYS[Number(answer) - 1] : undefined;
      return way === undefined ? { wrong: 'Answer 1, 2 or 3.' } : { value: way };
    },
  });
}

/** `pass oncall/splunk` after `pass oncall/pagerduty`: its last word ends in the system's name. */
function sibling(command: readonly string[], system: string): string | undefined {
  const last = command.at(-1)?.replace(/[\w-]+$/, system);
  return command.length < 2 || last === undefined ? undefined : [...command.slice(0, -1), last].join(' ');
}

/** The file of that system's name beside the last one; undefined: there is none. */
function besides(file: string, system: string): string | undefined {
  const folder = dirname(file);
  try {
    const absolute = folder.startsWith('~/') ? join(homedir(), folder.slice(2)) : folder;
    const found = readdirSync(absolute).find((name) => name.split('.')[0] === system);
    return found === undefined ? undefined : `${folder}/${found}`;
  } catch {
    return undefined;
  }
}
