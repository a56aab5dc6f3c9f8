import stringWidth from 'string-width';

/** Characters of one column each that no neighbour changes: Latin, dashes and quotes, arrows, boxes, marks, control glyphs. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2400-\u2424\u2500-\u25fc]*$/;

/** Columns that a text takes on a terminal; wide characters take two. */
export function width(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
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
  if (PLAIN.test(text)) return `${text.slice(0, columns - 1)}…`;
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
