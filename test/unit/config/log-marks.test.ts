import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLogMarks } from '../../../src/config/log-marks.ts';
import type { LogMark } from '../../../src/model/log-mark.ts';
import { ownText } from '../../../src/model/safe-text.ts';

const MARK: LogMark = {
  at: Date.parse('2026-11-17T03:00:00Z'),
  service: 'charge-central',
  environment: 'prod',
  instance: ownText('i-03'),
  message: ownText('NoMethodError'),
  incident: 'Q1',
  note: ownText('here'),
  who: null,
};

test('keeps marks for the person alone, and passes over a torn line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oncall-marks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const marks = openLogMarks(folder);
  expect(await marks.read()).toEqual([]);
  await marks.add(MARK);
  const file = join(folder, 'marks.jsonl');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '{"schema":1,"at":17');
  const later = { ...MARK, note: ownText('') };
  await marks.add(later);
  expect(await marks.read()).toEqual([MARK, later]);
});

test('what somebody else wrote into the file is no way to the terminal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oncall-marks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  appendFileSync(join(folder, 'marks.jsonl'), `${JSON.stringify({ ...MARK, note: '\u001b[2J' })}\n`);
  const [mark] = await openLogMarks(folder).read();
  expect(mark?.note).not.toContain('\u001b');
});
