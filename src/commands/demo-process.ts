import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { optionArguments, type PracticeOptions } from '../practice/options.ts';
import type { PracticeLine } from '../practice/process.ts';
import { UsageError } from './exit.ts';

export interface PracticeProcess {
  readonly line: PracticeLine;
  stop(): Promise<void>;
}

/** A world with seconds of work to end before it is ended for it. */
const PATIENCE_MS = 3_000;
const STDERR_KEPT = 4_096;

/**
 * Starts the practice world beside us. It lives on a pipe of ours and ends with it, however we die; a Ctrl-C or a
 * hang-up of our terminal does not reach it, so the cockpit can end first.
 */
export async function startPracticeProcess(options: PracticeOptions): Promise<PracticeProcess> {
  const child = spawn(
    process.execPath,
    [practiceFile(), ...optionArguments({ ...options, untilStdinCloses: true })],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const complaint = collect(child.stderr);
  child.stdin.on('error', () => {});
  for await (const line of createInterface({ input: child.stdout })) {
    return { line: JSON.parse(line) as PracticeLine, stop: () => stop(child) };
  }
  await ended(child);
  const said = complaint().trim();
  if (child.exitCode === 64) throw new UsageError(said.replace(/^oncall demo: /, ''));
  throw new Error(`the practice world ended with ${child.exitCode ?? child.signalCode}: ${said}`);
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function stop(child: Child): Promise<void> {
  const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.kill('SIGTERM');
  await ended(child);
  clearTimeout(impatient);
}

async function ended(child: Child): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Read all along, so that it never blocks; its end is kept for a message. */
function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-STDERR_KEPT);
  });
  return () => text;
}

/** The sources' entry beside us, or the bundle's beside its chunks. */
function practiceFile(): string {
  const found = ['../practice/main.ts', '../practice.js', './practice.js']
    .map((relative) => fileURLToPath(new URL(relative, import.meta.url)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error('the practice world is missing from this installation');
  return found;
}
