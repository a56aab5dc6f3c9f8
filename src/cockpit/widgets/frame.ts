import { truncate } from '../../text/width.ts';
import { type Line, lineColumns, type Span, toWidth } from './line.ts';

export interface Title {
  /** The key that focuses the pane. */
  readonly number: string;
  readonly name: string;
  /** Shown after the name, each after a dash. */
  readonly parts: readonly Line[];
  readonly focused: boolean;
}

const border = (text: string): Span => ({ text, tone: 'border' });

/** A title between dashes over the full width; the focused one is inverse, so that moving the focus repaints little. */
export function titleLine(
  title: Title,
  width: number,
  corners: readonly [string, string] = ['─', '─'],
): Line {
  const name = ` ${title.number} ${title.name} `;
  const head: Span = title.focused ? { text: name, inverse: true, bold: true } : { text: name, bold: true };
  const parts = title.parts.flatMap((part): Line => [border('─ '), ...part, { text: ' ' }]);
  const spans = fitTitle([border(corners[0]), head, ...parts], width - 1);
  const gap = Math.max(0, width - 1 - lineColumns(spans));
  return [...spans, border('─'.repeat(gap) + corners[1])];
}

/** Rows in a box with its title in the border, exactly `width` × `height`. */
export function framed(title: Title, rows: readonly Line[], width: number, height: number): Line[] {
  const inner = width - 2;
  const body = Array.from(
    { length: Math.max(0, height - 2) },
    (_, index): Line => [border('│'), ...toWidth(rows[index] ?? [], inner), border('│')],
  );
  return [titleLine(title, width, ['╭', '╮']), ...body, [border(`╰${'─'.repeat(inner)}╯`)]];
}

/** Rows under their title, without side borders: copying with the mouse stays clean. */
export function headed(title: Title, rows: readonly Line[], width: number, height: number): Line[] {
  const body = Array.from({ length: Math.max(0, height - 1) }, (_, index) =>
    toWidth(rows[index] ?? [], width),
  );
  return [titleLine(title, width), ...body];
}

function fitTitle(spans: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const text = truncate(span.text, left);
    left -= lineColumns([{ text }]);
    kept.push({ ...span, text });
  }
  return kept;
}
