import stringWidth from 'string-width';
import { plainWidth } from './plain-width.ts';

/** Columns that a text takes on a terminal; wide characters take two. */
export function width(text: string): number {
  return plainWidth(text) ?? stringWidth(text);
}

/** The text in exactly that many columns: padded, or cut with `…` at its end. */
export function fitTo(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, columns);
  const padding = ' '.repeat(Math.max(0, columns - width(cut)));
  return align === 'left' ? cut + padding : padding + cut;
}

/** At most that many columns; what is cut is told by `…`. Never splits a glyph. */
export function truncate(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns < 1) return '';
  if (plainWidth(text) === text.length) return `${text.slice(0, columns - 1)}…`;
  let kept = '';
  let used = 0;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(text)) {
    const more = width(segment);
    if (used + more > columns - 1) break;
    kept += segment;
    used += more;
  }
  return `${kept}…`;
}

/** Made when it is needed: that takes as long as starting Node does by half. */
let graphemes: Intl.Segmenter | null = null;
