import { width as columns, fitTo, truncate } from '../../text/width.ts';
import type { Tone } from '../theme.ts';

export { wrap } from '../../text/wrap.ts';

/** A piece of a row in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/** One terminal row. */
export type Line = readonly Span[];

const LAYOUT_CHARACTERS = /[\t\n]/g;

/** Safe text may still hold tabs and newlines; inside a row they would move what follows. */
export function inRow(text: string): string {
  return text.replace(LAYOUT_CHARACTERS, '  ');
}

/** Exactly `columns` columns. */
export function cell(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  return fitTo(inRow(text), Math.max(0, columns), align);
}

/** The row, cut and padded to exactly `width` columns. */
export function toWidth(line: Line, width: number): Line {
  const spans: Span[] = [];
  let left = width;
  for (const span of line) {
    if (left <= 0) break;
    const text = truncate(inRow(span.text), left);
    left -= columns(text);
    if (text !== '') spans.push({ ...span, text });
  }
  if (left > 0) spans.push({ text: ' '.repeat(left) });
  return spans;
}

/** `left` and `right` at the two ends of a row; the left one gives way. */
export function spread(left: Line, right: Line, width: number): Line {
  const taken = lineColumns(right);
  if (taken >= width) return toWidth(left, width);
  return [...toWidth(left, width - taken), ...right];
}

export function lineColumns(line: Line): number {
  return line.reduce((sum, span) => sum + columns(inRow(span.text)), 0);
}

/** The row as the chosen one of the focused pane: one style, readable in every colour theme. */
export function chosen(line: Line, width: number): Line {
  const text = toWidth(line, width)
    .map((span) => span.text)
    .join('');
  return [{ text, inverse: true }];
}

export function lineText(line: Line): string {
  return line.map((span) => span.text).join('');
}
