import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_MAX_LENGTH, safeText } from '../../../src/model/safe-text.ts';

// Written apart from the implementation, by Unicode's own properties, so that neither can hide the other's hole.
const DANGEROUS =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|[\p{Cf}--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/v;
const withoutTabs = (text: string) => text.replaceAll('\t', '');

describe('what outside text becomes', () => {
  test.each([
    ['a title that writes to the clipboard', '\x1b]52;c;aGk=\x07paid', '␛]52;c;aGk=␇paid'],
    ['colours', '\x1b[31mred\x1b[0m', '␛[31mred␛[0m'],
    ['an eight-bit CSI', '\x9b2Jgone', '\ufffd2Jgone'],
    ['NUL and DEL', 'a\0b\x7fc', 'a␀b␡c'],
    ['CR that would overwrite the line', 'safe\rEVIL', 'safe␤EVIL'],
    ['one CRLF', 'a\r\nb', 'a␤b'],
    ['a right-to-left override', 'pay\u202eelif', 'pay\ufffdelif'],
    ['bidi isolates', '\u2066a\u2069', '\ufffda\ufffd'],
    ['zero-width characters', 'pass\u200bword', 'pass\ufffdword'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a\ufffdb\ufffdc'],
    ['interlinear marks', 'a\ufff9b\ufffbc', 'a\ufffdb\ufffdc'],
    ['tag characters', 'a\u{e0041}b', 'a\ufffdb'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['a tab stays', 'a\tb', 'a\tb'],
    ['letters of the world stay', 'Grüße 日本語 한국어 שלום 👍', 'Grüße 日本語 한국어 שלום 👍'],
    ['null', null, ''],
    ['a number', 404, '404'],
  ])('%s', (_, raw, safe) => {
    expect(safeText(raw)).toBe(safe);
  });

  test('a pile of combining marks is cut to four', () => {
    expect(safeText(`e${'\u0301'.repeat(40)}!`)).toBe(`e${'\u0301'.repeat(4)}!`);
  });

  test('a 10 MB line is cut, and says by how much', () => {
    const cut = safeText('x'.repeat(10_000_000));
    expect(cut).toBe(
      `${'x'.repeat(DEFAULT_MAX_LENGTH)}… (${10_000_000 - DEFAULT_MAX_LENGTH} more characters)`,
    );
  });

  test('newlines stay where lines are wanted', () => {
    expect(safeText('a\r\nb\rc\nd', { multiline: true })).toBe('a\nb\nc\nd');
  });

  test('nothing dangerous is ever left, and safe text stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const safe = safeText(raw);
        expect(withoutTabs(safe)).not.toMatch(DANGEROUS);
        expect(safeText(safe)).toBe(safe);
      }),
      { numRuns: 2_000 },
    );
  });
});
