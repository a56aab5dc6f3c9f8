import { width as columns, truncate } from '../../text/width.ts';
import { type Line, type Span, toWidth } from '../widgets/line.ts';

/** What a dialog shows: a body that may scroll, and a foot that is always in sight. */
export interface DialogContent {
  readonly title: string;
  readonly body: readonly Line[];
  readonly foot: readonly Line[];
  /** First row of the body that is drawn; null: scrolled so that `keep` is in sight. */
  readonly scroll: number | null;
  /** A row of the body that has to be in sight. */
  readonly keep?: number;
}

const CURSOR: Span = { text: ' ', inverse: true };
const border = (text: string): Span => ({ text, tone: 'accent' });

/** Rows that the dialog would like to have. */
export function wantedRows(content: DialogContent): number {
  return content.body.length + content.foot.length + 2;
}

/** Rows for the body in a box that high: what is left by the border and the foot. */
export function bodyRoom(content: DialogContent, height: number): number {
  return Math.max(0, height - 2 - content.foot.length);
}

/** The dialog in its box, exactly `width` × `height`. */
export function dialogLines(content: DialogContent, width: number, height: number): Line[] {
  const inner = Math.max(0, width - 4);
  const room = bodyRoom(content, height);
  const most = Math.max(0, content.body.length - room);
  const first = Math.min(most, content.scroll ?? Math.max(0, (content.keep ?? 0) - room + 1));
  const body = Array.from({ length: room }, (_, index) => content.body[first + index] ?? []);
  const rows = [...body, ...content.foot].slice(0, Math.max(0, height - 2));
  const title = truncate(` ${content.title} `, width - 3);
  return [
    [
      border('╭'),
      { text: title, inverse: true, bold: true },
      border(`${'─'.repeat(Math.max(0, width - 2 - columns(title)))}╮`),
    ],
    ...rows.map(
      (row): Line => [border('│'), { text: ' ' }, ...toWidth(row, inner), { text: ' ' }, border('│')],
    ),
    [border(`╰${bottom(content, first, room, width - 2)}╯`)],
  ];
}

/** A text field with its cursor; where the text is too long, its end is shown. */
export function field(prompt: string, text: string, width: number, active = true): Line {
  const room = Math.max(1, width - prompt.length - 2);
  const shown = [...text].slice(-room).join('');
  return active ? [{ text: prompt }, { text: shown }, CURSOR] : [{ text: prompt }, { text: shown }];
}

function bottom(content: DialogContent, first: number, room: number, width: number): string {
  const below = content.body.length - first - room;
  const hint = below > 0 ? `─ ${below} more below ↓ ` : first > 0 ? `─ ${first} above ↑ ` : '';
  return truncate(hint, width) + '─'.repeat(Math.max(0, width - columns(hint)));
}
