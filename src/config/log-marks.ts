import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { LogMark, LogMarks } from '../model/log-mark.ts';
import { safeText } from '../model/safe-text.ts';
import { appendJsonLine } from './append-line.ts';

const FILE = 'marks.jsonl';

const text = z.string().transform((raw) => safeText(raw));

const mark = z.object({
  at: z.number(),
  service: z.string(),
  environment: z.string(),
  instance: text.nullable(),
  message: text,
  incident: z.string().nullable(),
  note: text,
  who: z.string().nullable(),
});

/** Marks in the state folder, one JSON object a line, only ever appended to. */
export function openLogMarks(folder: string): LogMarks {
  return {
    add: (made) => appendJsonLine(folder, FILE, { schema: 1, ...made }),
    async read() {
      const contents = await readFile(join(folder, FILE), 'utf8').catch((thrown: unknown) => {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return '';
        throw thrown;
      });
      return contents.split('\n').flatMap(parse);
    },
  };
}

function parse(line: string): readonly LogMark[] {
  try {
    const found = mark.safeParse(JSON.parse(line));
    return found.success ? [found.data] : [];
  } catch {
    return [];
  }
}
