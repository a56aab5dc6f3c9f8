import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appendJsonLine } from '../config/append-line.ts';
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

async function appendLine(folder: string, file: string, line: object): Promise<void> {
  try {
    await appendJsonLine(folder, FILE, line);
  } catch (thrown) {
    throw new JournalError(`the journal ${file} cannot be written (${reasonOf(thrown)})`);
  }
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
