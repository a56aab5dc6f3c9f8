import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from './error.ts';
import type { Secret } from './systems/parts.ts';

const COMMAND_TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;

/**
 * The secret, by the first way named that gives one: command, environment variable, file.
 * Throws a ConfigError that names the ways tried and the fix; it never repeats what was read.
 */
export async function readSecret(secret: Secret, folder: string): Promise<string> {
  const tried: string[] = [];
  if (secret.command !== undefined) {
    const got = await fromCommand(secret.command, folder);
    if ('value' in got) return got.value;
    tried.push(got.trouble);
  }
  if (secret.env !== undefined) {
    const value = process.env[secret.env]?.trim();
    if (value) return checked(value, `environment variable ${secret.env}`);
    tried.push(`environment variable ${secret.env} is not set: export it`);
  }
  if (secret.file !== undefined) {
    const got = await fromFile(place(secret.file, folder));
    if ('value' in got) return got.value;
    tried.push(got.trouble);
  }
  if (tried.length === 0) throw new ConfigError('a token needs a command, an env or a file to come from.');
  throw new ConfigError(`no token: ${tried.join('; ')}.`);
}

type Got = { readonly value: string } | { readonly trouble: string };

/** No shell, five seconds, standard error discarded: it may hold the secret too. */
async function fromCommand(argv: readonly string[], folder: string): Promise<Got> {
  const { execFile } = await import('node:child_process');
  const [program = '', ...args] = argv;
  return new Promise((settle) => {
    const options = {
      cwd: folder,
      timeout: COMMAND_TIMEOUT_MS,
      killSignal: 'SIGKILL' as const,
      maxBuffer: MAX_BYTES,
      encoding: 'utf8' as const,
      windowsHide: true,
    };
    const child = execFile(program, args, options, (error, stdout) => {
      const value = stdout.trim();
      if (error === null && value !== '') return settle({ value: checked(value, `command ${program}`) });
      settle({ trouble: `command ${program} ${commandTrouble(error)}: run it by hand to see why` });
    });
    child.stdin?.end();
    child.stderr?.resume();
  });
}

function commandTrouble(error: (Error & { code?: unknown; killed?: boolean }) | null): string {
  if (error === null) return 'printed nothing';
  if (error.code === 'ENOENT') return 'does not exist';
  if (error.code === 'EACCES') return 'may not be run';
  if (error.killed === true) return `gave no token within ${COMMAND_TIMEOUT_MS / 1000} s`;
  return `failed${typeof error.code === 'number' ? ` with exit code ${error.code}` : ''}`;
}

/** Only a regular file of our own that nobody else can read; a wrong one is an error, a missing one only a trouble. */
async function fromFile(file: string): Promise<Got> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    if (code === 'ELOOP') {
      throw new ConfigError(`the token file ${file} is a symbolic link: name the file itself.`);
    }
    return {
      trouble:
        code === 'ENOENT'
          ? `there is no file ${file}: put the token there (chmod 600)`
          : `the file ${file} cannot be read (${code})`,
    };
  }
  try {
    await refuseExposed(handle, file);
    const value = (await handle.readFile('utf8')).trim();
    return value === ''
      ? { trouble: `the file ${file} is empty: put the token there` }
      : { value: checked(value, `file ${file}`) };
  } finally {
    await handle.close();
  }
}

async function refuseExposed(handle: FileHandle, file: string): Promise<void> {
  const { mode, uid, size } = await handle.stat();
  const me = userInfo();
  if ((mode & constants.S_IFMT) !== constants.S_IFREG) {
    throw new ConfigError(`the token file ${file} is no regular file.`);
  }
  if (uid !== me.uid) {
    throw new ConfigError(
      `the token file ${file} belongs to somebody else: make it yours (chown ${me.username}), mode 600.`,
    );
  }
  if ((mode & 0o077) !== 0) {
    const bits = (mode & 0o777).toString(8).padStart(4, '0');
    throw new ConfigError(`others may read the token file ${file} (mode ${bits}): chmod 600 ${file}`);
  }
  if (size > MAX_BYTES) {
    throw new ConfigError(`the token file ${file} is larger than 64 KB: that is no token.`);
  }
}

/** A token goes into a header: one line of printable ASCII. */
function checked(value: string, from: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) return value;
  throw new ConfigError(
    `what came from ${from} is no token: it is more than one line or holds characters that no token has.`,
  );
}

function place(file: string, folder: string): string {
  return file.startsWith('~/') ? join(homedir(), file.slice(2)) : resolve(folder, file);
}
