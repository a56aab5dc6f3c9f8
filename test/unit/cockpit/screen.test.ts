import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Painter } from '../../../src/cockpit/screen/painter.ts';

const ESC = '\x1b';
/** Glyphs on whose width terminals agree. */
const GLYPHS = ['a', 'b', 'Z', ' ', ' ', '─', '│', '●', '…', 'é', 'e\u0301', '支', '払', '😀', '█', '0'];
const STYLES = ['1', '2', '7', '4', '31', '92', '44', '38;5;208', '48;5;17', '3', '38;2;1;2;3'] as const;
const ENDS: Readonly<Record<string, string>> = {
  '1': '22',
  '2': '22',
  '7': '27',
  '4': '24',
  '3': '23',
  '44': '49',
};

const glyphs = fc.array(fc.constantFrom(...GLYPHS), { maxLength: 14 }).map((all) => all.join(''));
const span = fc
  .tuple(fc.array(fc.constantFrom(...STYLES), { maxLength: 2 }), fc.boolean(), glyphs)
  .map(([codes, linked, text]) => {
    const begun = codes.map((code) => `${ESC}[${code}m`).join('');
    const ended = codes
      .map((code) => `${ESC}[${ENDS[code] ?? (code.startsWith('48') ? '49' : '39')}m`)
      .join('');
    const link = linked ? `${ESC}]8;;https://x.example/${text.length}\x07` : '';
    return `${begun}${link}${text}${linked ? `${ESC}]8;;\x07` : ''}${ended}`;
  });
const line = fc.array(span, { maxLength: 4 }).map((spans) => spans.join(''));
const size = fc.record({ columns: fc.integer({ min: 2, max: 60 }), rows: fc.integer({ min: 1, max: 12 }) });

/** What happens to a screen: lines of it change, it becomes another size, something else writes on it. */
const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ lines: fc.array(fc.tuple(fc.nat({ max: 11 }), line), { maxLength: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ size }) },
  { weight: 1, arbitrary: fc.constant({ noise: `${ESC}[3;4H${ESC}[41mnoise 支${ESC}[m\r\n\r\n` }) },
);

function terminalOf(columns: number, rows: number) {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  terminal.write(`${ESC}[?1049h`);
  return terminal;
}

type Terminal = ReturnType<typeof terminalOf>;

function written(terminal: Terminal, bytes: string): Promise<void> {
  return new Promise((resolve) => terminal.write(bytes, resolve));
}

const BLANK = ' |1|0,-1,0,-1|0,0,0,0,0';

/** All that a terminal shows, cell by cell. */
function cellsOf(terminal: Terminal, columns = terminal.cols): string[] {
  const buffer = terminal.buffer.active;
  return Array.from({ length: terminal.rows }, (_, y) => {
    const row = buffer.getLine(buffer.viewportY + y);
    return Array.from({ length: columns }, (_, x) => {
      const cell = row?.getCell(x);
      if (cell === undefined) return '?';
      // Of a wide glyph that no longer fits nothing is shown.
      if (x === columns - 1 && cell.getWidth() === 2) return BLANK;
      const glyph = cell.getChars() === '' && cell.getWidth() > 0 ? ' ' : cell.getChars();
      const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
      const looks = [cell.isBold(), cell.isDim(), cell.isInverse(), cell.isUnderline(), cell.isItalic()];
      return `${glyph}|${cell.getWidth()}|${colours}|${looks.map(Number)}`;
    }).join(' ');
  });
}

/** The frame as it is meant: every line on its row, cut where a whole glyph no longer fits. */
async function meant(frame: readonly string[], columns: number, rows: number): Promise<string[]> {
  const terminal = terminalOf(160, rows);
  const lines = frame.slice(0, rows).map((text, y) => `${ESC}[${y + 1}H${text}${ESC}[m`);
  await written(terminal, lines.join(''));
  const cells = cellsOf(terminal, columns);
  terminal.dispose();
  return cells;
}

describe('a terminal that is only told what changed', () => {
  it('shows every frame as it is meant', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.array(event, { maxLength: 10 }), async (first, events) => {
        let { columns, rows } = first;
        const terminal = terminalOf(columns, rows);
        const painter = new Painter();
        const frame = Array.from({ length: 12 }, () => '');
        for (const each of events) {
          if ('size' in each) {
            ({ columns, rows } = each.size);
            terminal.resize(columns, rows);
            painter.forget();
          } else if ('noise' in each) {
            await written(terminal, each.noise);
            painter.forget();
          } else for (const [y, text] of each.lines) frame[y] = text;
          await written(terminal, painter.paint(frame.slice(0, rows).join('\n'), columns, rows));
          expect(cellsOf(terminal)).toEqual(await meant(frame, columns, rows));
        }
        painter.paint(frame.slice(0, rows).join('\n'), columns, rows);
        expect(painter.paint(frame.slice(0, rows).join('\n'), columns, rows)).toBe('');
        terminal.dispose();
      }),
      { numRuns: 100 },
    );
  });
});

test('one changed cell costs a move and the cell', () => {
  const painter = new Painter();
  painter.paint('count 41\n\nrow', 80, 24);
  expect(painter.paint('count 42\n\nrow', 80, 24)).toBe(`${ESC}[1;8H2`);
  expect(painter.paint('count 42\n\nrow', 80, 24)).toBe('');
});

test('what is gone at the end of a row is erased', () => {
  const painter = new Painter();
  painter.paint('charge-central is broken', 80, 24);
  expect(painter.paint('charge', 80, 24)).toBe(`${ESC}[1;7H${ESC}[K`);
});
