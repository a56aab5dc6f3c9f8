import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher } from '../../../src/cockpit/filter.ts';
import { keyNames } from '../../../src/cockpit/input.ts';
import { layout } from '../../../src/cockpit/layout.ts';
import { clipboardSequence } from '../../../src/cockpit/terminal.ts';
import { lineColumns, toWidth, wrap } from '../../../src/cockpit/widgets/line.ts';
import { safeText } from '../../../src/model/safe-text.ts';

const noKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
};

describe('a row', () => {
  it('is exactly as wide as asked, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 0, max: 120 }),
        (texts, width) => {
          const line = texts.map((text) => ({ text: safeText(text) }));
          expect(lineColumns(toWidth(line, width))).toBe(width);
        },
      ),
    );
  });

  it('wraps without losing a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,30}$/)),
        fc.integer({ min: 10, max: 60 }),
        (words, width) => {
          const rows = wrap(words.join(' '), width);
          for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
          expect(rows.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });
});

describe('the layout', () => {
  it('never asks for more than the terminal has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 120 }),
        fc.boolean(),
        fc.constantFrom('incidents', 'incident', 'signals'),
        (columns, rows, zoomed, lead) => {
          const at = layout({ columns, rows }, zoomed, lead);
          if (at.mode === 'tiny') return;
          expect(at.body.height + 3).toBe(rows);
          if (at.mode !== 'wide') return;
          const { incidents, deploys, fleet, logs, signals } = at.panes;
          expect(incidents.height + signals.height).toBe(deploys.height + fleet.height);
          expect(incidents.height + signals.height + logs.height).toBe(at.body.height);
          expect(incidents.width + fleet.width).toBe(columns);
          for (const pane of [incidents, deploys, fleet, logs]) expect(pane.height).toBeGreaterThanOrEqual(4);
        },
      ),
    );
  });
});

describe('a filter', () => {
  it.each([
    ['error', 'An ERROR here', true],
    ['!error', 'An ERROR here', false],
    ['5\\d\\d', 'answered 502', true],
    ['(unclosed', 'an (unclosed bracket', true],
    ['!', 'anything', true],
  ])('%s on %s: %s', (filter, text, expected) => {
    expect(matcher(filter)(text)).toBe(expected);
  });

  it('takes linear time on what would ruin a backtracking engine', () => {
    expect(matcher('(a+)+$')(`${'a'.repeat(5_000)}!`)).toBe(false);
  });
});

describe('keys', () => {
  it('are told one by one when they were read together', () => {
    expect(keyNames('jj a\r', noKey)).toEqual(['j', 'j', 'space', 'a', 'enter']);
    expect(keyNames('r', { ...noKey, ctrl: true })).toEqual(['^r']);
    expect(keyNames('', { ...noKey, tab: true, shift: true })).toEqual(['shift+tab']);
  });
});

describe('the clipboard', () => {
  it('is given base64 only', () => {
    expect(clipboardSequence('a\x07b')).toBe('\x1b]52;c;YQdi\x07');
  });

  it('goes through GNU screen in its own strings, of which none is too long', () => {
    const wrapped = clipboardSequence('x'.repeat(3_000), true);
    const pieces = wrapped.split('\x1b\\').filter((piece) => piece !== '');
    expect(pieces.every((piece) => piece.startsWith('\x1bP') && piece.length <= 768)).toBe(true);
    expect(pieces.map((piece) => piece.slice(2)).join('')).toBe(clipboardSequence('x'.repeat(3_000)));
  });
});
