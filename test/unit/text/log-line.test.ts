import { expect, test } from 'vitest';
import { jsonLogLine, logLineText } from '../../../src/text/log-line.ts';
import { logLine } from '../../component/story.ts';

test('a line of several services tells whose it is, in a column; JSON always does', () => {
  const line = logLine(1, 'charged 7 cards');
  const plain = (_tone: unknown, text: string) => text;
  expect(logLineText(line, plain)).toBe('03:11:01 i-03 INFO  charged 7 cards');
  expect(logLineText(line, plain, 16)).toBe('03:11:01 charge-central   i-03 INFO  charged 7 cards');
  expect(JSON.parse(jsonLogLine(line))).toMatchObject({ service: 'charge-central' });
});
