import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../model/instant.ts';
import type { Intent, IntentRecord, Step } from './intent.ts';

/** What was intended, by whom, and how it ended: one JSON object a line, only ever appended to. */
export interface Journal {
  /** The first line of an intent. Throws `JournalError` when it cannot be kept; then nothing may be sent. */
  begin(intent: Intent, step: Step): Promise<void>;
  append(intent: string, step: Step): Promise<void>;
  /** Before others are told something: true for the first that claims it, in whatever process; then it may be sent. */
  claim(intent: string, telling: string, at: Instant): Promise<boolean>;
  /** Oldest first. A line that no longer reads as JSON (a torn write) stays in the file and is passed over. */
  read(): Promise<readonly IntentRecord[]>;
  /** How many lines are passed over. */
  unreadable(): Promise<number>;
}

export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const FILE = 'journal.jsonl';
const NEWLINE = 0x0a;

export function openJournal(folder: string): Journal {
  const file = join(folder, FILE);
  return {
    begin: (intent, step) => appendLine(folder, file, { schema: 1, id: intent.id, ...stamp(step), intent }),
    append: (id, step) => appendLine(folder, file, { schema: 1, id, ...stamp(step) }),
    async claim(id, telling, at) {
      const claim = randomUUID();
      await appendLine(folder, file, { schema: 1, id, at, telling, claim });
      return firstClaim(await contents(file), id, telling) === claim;
    },
    read: async () => parse(await contents(file)),
    unreadable: async () => linesOf(await contents(file)).filter((raw) => asObject(raw) === null).length,
  };
}

interface Line {
  readonly id: string;
  readonly state: Step['state'];
  readonly at: Instant;
  readonly text: string | null;
  readonly intent?: Intent;
}

function stamp(step: Step) {
  return { state: step.state, at: step.at, text: step.text };
}

/** One write and one fdatasync a line: what was promised to be on disk is there, whole. */
async function appendLine(folder: string, file: string, line: object): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    try {
      // After a torn line ours begins on one of its own, so that only the torn one is lost.
      const text = `${(await endsTorn(handle)) ? '\n' : ''}${JSON.stringify(line)}\n`;
      const bytes = Buffer.from(text);
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten !== bytes.length) throw new Error('only a part of the line was written');
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw new JournalError(`the journal ${file} cannot be written (${reasonOf(thrown)})`);
  }
}

async function endsTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return thrown instanceof Error ? thrown.message : String(thrown);
}

async function contents(file: string): Promise<string> {
  try {
    // A device in its place may never end.
    if (!(await stat(file)).isFile()) throw new Error('it is no regular file');
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return '';
    throw new JournalError(`the journal ${file} cannot be read (${reasonOf(thrown)})`);
  }
}

/** What lines of earlier versions lack. */
const LATER_FIELDS = { fromDigest: null, reason: null, version: null, host: null, expectedMs: null };

function parse(text: string): readonly IntentRecord[] {
  const records = new Map<string, { intent: Intent; steps: Step[] }>();
  for (const raw of linesOf(text)) {
    const line = parseLine(raw);
    if (line === null) continue;
    const step: Step = { state: line.state, at: line.at, text: line.text };
    const known = records.get(line.id);
    if (known !== undefined) known.steps.push(step);
    else if (line.intent !== undefined)
      records.set(line.id, { intent: { ...LATER_FIELDS, ...line.intent }, steps: [step] });
  }
  return [...records.values()];
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((raw) => raw !== '');
}

/** Lines are only ever appended, each in one write: all processes see the same one first. */
function firstClaim(text: string, id: string, telling: string): unknown {
  for (const raw of linesOf(text)) {
    const line = asObject(raw);
    if (line !== null && line.id === id && line.telling === telling) return line.claim;
  }
  return null;
}

function parseLine(raw: string): Line | null {
  const line = asObject(raw);
  return isLine(line) ? line : null;
}

function asObject(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isLine(line: Readonly<Record<string, unknown>> | null): line is Line & Record<string, unknown> {
  return line !== null && typeof line.id === 'string' && 'state' in line && typeof line.at === 'number';
}
