import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ascii } from '../../../src/text/ascii.ts';
import { onlyAscii } from '../../../src/text/only-ascii.ts';
import { sparkline } from '../../../src/text/sparkline.ts';
import { width } from '../../../src/text/width.ts';

describe('a text for a terminal that shows ASCII alone', () => {
  it.each([
    ['╭ 1 Incidents ─ 3 ─╮', '+ 1 Incidents - 3 -+'],
    ['▶ ● 4m i…46c5a 5xx → café', '> * 4m i~46c5a 5xx > cafe'],
    ['支払い failed', '?????? failed'],
    [sparkline([0, 1, 4, 8]), '_.=#'],
  ])('%s', (text, told) => expect(ascii(text)).toBe(told));

  it('takes the same columns, and holds nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const told = ascii(text);
        expect(told).toMatch(/^\p{ASCII}*$/u);
        expect(width(told)).toBe(width(text));
      }),
    );
  });
});

test.each([
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM: 'xterm-256color', LANG: 'en_US.UTF-8' }, false],
  [{ TERM: 'xterm-256color', LANG: 'de_DE.utf8' }, false],
  [{ TERM: 'xterm-256color', LANG: 'en_US.UTF-8', LC_ALL: 'C' }, true],
  [{ TERM: 'xterm-256color', LANG: 'POSIX' }, true],
  [{ TERM: 'screen', LC_CTYPE: 'de_DE.ISO-8859-1' }, true],
  [{ TERM: 'linux', LANG: 'C.UTF-8' }, true],
  [{ TERM: 'vt220' }, true],
])('%o shows ASCII alone: %s', (env, told) => expect(onlyAscii(env)).toBe(told));
