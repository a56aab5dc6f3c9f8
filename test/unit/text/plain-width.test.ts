import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { plainWidth } from '../../../src/text/plain-width.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a',
    'é',
    '—',
    '…',
    '│',
    '●',
    '▶',
    '◽',
    '日',
    '☕',
    '️',
    '́',
    '\u00ad',
    '\u200b',
    '\t',
    '\n',
  ),
  fc.constantFrom('\u001b[1m', '\u001b[38;2;1;2;3m', '\u001b[0m', '\u001b[m', '\u001b[2K', '\u001b', '[31m'),
);

test('what it takes for plain is as wide as string-width says', () => {
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        const width = plainWidth(text);
        if (width !== null) expect(width).toBe(stringWidth(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['', 0],
  ['charge-central  5xx above 2%', 28],
  ['\u001b[1m│ naïve — “so”…\u001b[22m', 15],
])('%j is plain', (text, width) => {
  expect(plainWidth(text)).toBe(width);
});

test.each(['日', '👍', 'e\u0301', '☕', '\u001b]8;;https://a\u0007link', 'a\tb'])('%j is not', (text) => {
  expect(plainWidth(text)).toBeNull();
});
