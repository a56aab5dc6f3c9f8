/** Characters of one column each that no neighbour changes: Latin, dashes and quotes, arrows, boxes, marks, control glyphs. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2400-\u2424\u2500-\u25fc]*$/;

/** Colours and styles, which take no column (SGR: ECMA-48, 8.3.117). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what starts them.
const STYLES = /\u001b\[[\d;]*m/g;

/**
 * Columns of a text that is plain but for its styles; null: `string-width` has to look at it.
 * Most of what is shown is plain, and string-width makes and compiles for as long as Node itself starts. The bundle asks
 * here first for Ink too (scripts/bundle-plugins.mjs): without imports.
 */
export function plainWidth(text: string): number | null {
  const bare = text.includes('\u001b') ? text.replace(STYLES, '') : text;
  return PLAIN.test(bare) ? bare.length : null;
}
