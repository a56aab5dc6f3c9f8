import { expect, test } from 'vitest';
import { rowLines } from '../../../src/text/doctor-lines.ts';
import { painter } from '../../../src/text/paint.ts';
import { width } from '../../../src/text/width.ts';

const plain = painter(false);

test('what is well is a line; what is not, its trouble and what to do', () => {
  expect(rowLines({ name: 'splunk', result: 'ok', text: 'oncall  12 ms', fix: null }, 9, 80, plain)).toEqual([
    'ok    splunk     oncall  12 ms',
  ]);
  const text = 'Splunk: call not properly authenticated (HTTP 401). Check systems.splunk.token.';
  const row = { name: 'splunk', result: 'bad', text, fix: 'put a valid token there' } as const;
  expect(rowLines(row, 9, 80, plain)).toEqual([
    'FAIL  splunk     Splunk: call not properly authenticated (HTTP 401). Check',
    '                 systems.splunk.token.',
    '      → put a valid token there',
  ]);
});

test('nothing is wider than the terminal', () => {
  const text = 'word '.repeat(60).trim();
  const lines = rowLines({ name: 'docker prod', result: 'warn', text, fix: text }, 11, 80, plain);
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(80);
});
