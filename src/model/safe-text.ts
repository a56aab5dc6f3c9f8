declare const brand: unique symbol;

/** Text from outside that a terminal may print: no control, bidi or invisible character is left in it. */
export type SafeText = string & { readonly [brand]: 'SafeText' };

export interface SafeTextLimits {
  /** UTF-16 units kept; what is cut is replaced by a marker that says how much. */
  readonly maxLength?: number;
  /** Keep newlines (runbooks, plans); otherwise each becomes the glyph ␤. */
  readonly multiline?: boolean;
}

export const DEFAULT_MAX_LENGTH = 16_384;
const MAX_COMBINING_MARKS = 4;

// Everything that could move the cursor, hide, reorder or join text.
const UNSAFE = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]', // C0 but tab and newline, DEL, C1
    '[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]', // invisible, bidi, line separators
    '[\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0]', // letters without a glyph
    '[\\ufe00-\\ufe0e\\ufff0-\\ufffb]', // variation selectors but the emoji's own, interlinear marks
    '[\\u{e0000}-\\u{e0fff}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{13430}-\\u{1345f}]', // tags, other format characters
    '[\\ud800-\\udfff]', // lone surrogates
  ].join('|'),
  'gu',
);
/** But for letters with accents, dashes, quotes, arrows, boxes and marks: what is left takes long to look at. */
const MAYBE_UNSAFE = /[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u23ff\u2500-\u27bf]/;
const NEWLINE = /\r\n?|\n/g;
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${MAX_COMBINING_MARKS}})\\p{M}+`, 'gu');

/** The one way from outside text to text that is shown: https://unicode.org/reports/tr36/ and docs/faults.md, rows 26 and 27. */
export function safeText(raw: unknown, limits: SafeTextLimits = {}): SafeText {
  const text = typeof raw === 'string' ? raw : raw === null || raw === undefined ? '' : String(raw);
  const max = limits.maxLength ?? DEFAULT_MAX_LENGTH;
  const cut = text.length > max ? `${text.slice(0, max)}… (${text.length - max} more characters)` : text;
  if (!MAYBE_UNSAFE.test(cut)) return cut as SafeText;
  return cut
    .replace(NEWLINE, limits.multiline === true ? '\n' : '␤')
    .replace(UNSAFE, glyph)
    .replace(TOO_MANY_MARKS, '$1') as SafeText;
}

/** Text that is ours (a literal in this code), where a SafeText is wanted. */
export function ownText(literal: string): SafeText {
  return literal as SafeText;
}

function glyph(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return '\ufffd';
}
