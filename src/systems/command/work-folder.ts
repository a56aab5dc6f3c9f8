import { existsSync } from 'node:fs';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { SECOND } from '../../model/instant.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'command';

/** Of what it printed, from its beginning: a deploy that prints more is read in its file. */
const MAX_BYTES = 1024 * 1024;
const MAX_LINES = 5_000;
/** A runner that has not told who it is by then never began. */
const STARTING_MS = 30 * SECOND;

const processSchema = z.object({ pid: z.int(), host: z.string() });
const resultSchema = z.object({ exit: z.int().nullable(), why: z.string().nullable() });

export type Result = z.infer<typeof resultSchema>;

/** Where one run of the command keeps what it printed (`output.log`) and how it ended (`result.json`). */
export class WorkFolder {
  readonly path: string;

  constructor(stateFolder: string, intent: string) {
    this.path = join(stateFolder, 'deploys', intent);
  }

  get output(): string {
    return join(this.path, 'output.log');
  }

  /** Throws when it exists: one intent starts one run. */
  async make(): Promise<void> {
    await mkdir(join(this.path, '..'), { recursive: true, mode: 0o700 });
    await mkdir(this.path, { mode: 0o700 });
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /** null: it has not ended. */
  async result(): Promise<Result | null> {
    return this.#read('result.json', resultSchema);
  }

  /** Whether its runner lives; throws a `Failure` where only another machine can tell. */
  async lives(): Promise<boolean> {
    const runner = await this.#read('process.json', processSchema);
    if (runner === null) return Date.now() - (await stat(this.path)).mtimeMs < STARTING_MS;
    if (runner.host !== hostname()) {
      throw new Failure(SYSTEM, 'unreadable', `It runs on ${runner.host}: only there can it be followed.`);
    }
    try {
      process.kill(runner.pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  async lines(): Promise<readonly SafeText[]> {
    const { text, more } = await head(this.output);
    const all = text.replace(/\n$/, '').split('\n');
    const lines = (text === '' ? [] : all).slice(0, MAX_LINES).map((line) => safeText(line));
    return more || all.length > MAX_LINES ? [...lines, ownText(`(more of it is in ${this.output})`)] : lines;
  }

  async #read<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return schema.parse(JSON.parse(await readFile(join(this.path, name), 'utf8')));
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
      throw new Failure(SYSTEM, 'unreadable', `${join(this.path, name)} cannot be read.`);
    }
  }
}

/** The runner beside us: of the sources, or of the bundle. */
export function runnerFile(): string {
  const found = ['./runner.ts', '../deploy-runner.js', './deploy-runner.js']
    .map((relative) => fileURLToPath(new URL(relative, import.meta.url)))
    .find((file) => existsSync(file));
  if (found === undefined) {
    throw new Failure(SYSTEM, 'not_configured', 'This installation lacks what runs deploy commands.');
  }
  return found;
}

async function head(file: string): Promise<{ readonly text: string; readonly more: boolean }> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return { text: '', more: false };
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
    const { size } = await handle.stat();
    return { text: buffer.toString('utf8', 0, bytesRead), more: size > bytesRead };
  } finally {
    await handle.close();
  }
}
