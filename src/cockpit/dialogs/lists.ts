import { width as columns } from '../../text/width.ts';
import { type ChooseDialog, shownChoices, type TextDialog } from '../stores/dialog.ts';
import type { PaletteEntry } from '../verbs/palette.ts';
import { cell, chosen, type Line, wrap } from '../widgets/line.ts';
import { type DialogContent, field } from './box.ts';

/** A list to choose one of, narrowed by what is typed; it keeps its height. */
export function chooseContent(dialog: ChooseDialog, width: number): DialogContent {
  const labels = Math.min(
    Math.floor(width / 2),
    dialog.choices.reduce((max, { label }) => Math.max(max, columns(label)), 8),
  );
  const rows = shownChoices(dialog).map(({ label, note }, index): Line => {
    const row: Line = [
      { text: index === dialog.index ? '▶ ' : '  ' },
      { text: cell(label, labels), bold: true },
      { text: `   ${note}`, tone: 'muted' },
    ];
    return index === dialog.index ? chosen(row, width - 4) : row;
  });
  if (rows.length === 0) rows.push([{ text: '  nothing here has that name', tone: 'warn' }]);
  const blank = Array.from({ length: dialog.choices.length - rows.length }, (): Line => []);
  const hint = hintRows(dialog.hint, width);
  return {
    title: dialog.title,
    body: [...hint, ...rows, ...blank],
    foot: [typedName(dialog.text, width - 4)],
    scroll: null,
    keep: dialog.index + hint.length,
  };
}

function hintRows(hint: string, width: number): Line[] {
  return hint === '' ? [] : wrap(hint, width - 4).map((text): Line => [{ text, tone: 'muted' }]);
}

function typedName(text: string, width: number): Line {
  const line = field('name: ', text, width);
  return text === '' ? [...line, { text: ' type to narrow', tone: 'muted' }] : line;
}

const PALETTE_ROWS = 12;

/** What can be done by name, narrowed by what is typed. */
export function paletteContent(
  text: string,
  index: number,
  entries: readonly PaletteEntry[],
  width: number,
): DialogContent {
  const names = Math.min(
    30,
    entries.reduce((max, { name }) => Math.max(max, columns(name)), 12),
  );
  const rows = entries.map((entry, at): Line => {
    const row: Line = [
      { text: at === index ? '▶ ' : '  ' },
      { text: cell(entry.name, names), bold: true },
      { text: `  ${cell(entry.key, 6)} `, tone: 'accent' },
      { text: entry.help, tone: 'muted' },
    ];
    return at === index ? chosen(row, width - 4) : row;
  });
  const first = Math.max(0, index - PALETTE_ROWS + 1);
  const window = rows.slice(first, first + PALETTE_ROWS);
  const blank = Array.from({ length: PALETTE_ROWS - window.length }, (): Line => []);
  return {
    title: 'Command',
    body: [field(': ', text, width - 4), [], ...window, ...blank],
    foot: [],
    scroll: 0,
  };
}

/** One text to write; long text wraps and its end stays in sight. */
export function textContent(
  { title, hint, text }: Pick<TextDialog, 'title' | 'hint' | 'text'>,
  width: number,
): DialogContent {
  const rows = wrap(text, width - 6);
  const body = rows.map(
    (row, index): Line =>
      index === rows.length - 1 ? [{ text: row }, { text: ' ', inverse: true }] : [{ text: row }],
  );
  return { title, body: [...body, []], foot: hintRows(hint, width), scroll: null, keep: body.length };
}
