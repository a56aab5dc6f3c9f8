const SPACE = 1;
const PUNCTUATION = 0;
const DIGIT = 3;
const HEX = 4;
const LETTER = 5;
const JOINS = 2;

const CLASS = new Uint8Array(256);
for (let code = 0; code < 256; code++) {
  const character = String.fromCharCode(code);
  if (code <= 32) CLASS[code] = SPACE;
  else if (/[0-9]/.test(character)) CLASS[code] = DIGIT;
  else if (/[a-fA-F]/.test(character)) CLASS[code] = HEX;
  else if (/[g-zG-Z_]/.test(character) || code >= 128) CLASS[code] = LETTER;
  else CLASS[code] = character === '-' || character === '.' ? JOINS : PUNCTUATION;
}
const [COLON, EQUALS, COMMA, LESS, STAR, MORE, BLANK] = [58, 61, 44, 60, 42, 62, 32];
const [DOUBLE, SINGLE, BACK] = [34, 39, 96];
const HEX_WORD = 8;
const MOST_QUOTED = 512;
/** Bytes kept of a masked line; what comes after them tells no patterns apart. */
export const MOST_MASKED = 512;

/**
 * Puts `<*>` where a value stands, byte by byte and into one buffer: words with a digit in them (numbers, ids, uuids,
 * addresses, durations, versions), eight or more hexadecimal letters, what is quoted, what follows a `key=`. Values in
 * a row, also with commas between, are one: lists of any length look alike.
 */
export class Masker {
  readonly out = new Uint8Array(MOST_MASKED + 8);
  length = 0;
  hash = 0;
  /** A second hash: both together tell two masked lines apart. */
  check = 0;
  /** Of the number of words and the first of them; and of the same with any first one. */
  form = 0;
  openForm = 0;

  mask(bytes: Uint8Array, from: number, to: number): void {
    const { out } = this;
    let [at, length] = [from, 0];
    while (at < to && length < MOST_MASKED) {
      const byte = bytes[at] ?? 0;
      const kind = CLASS[byte] ?? 0;
      if (kind >= DIGIT) {
        const end = endOfWord(bytes, at, to);
        if (isValue(bytes, at, end)) length = star(out, length);
        else {
          const stop = Math.min(end, at + MOST_MASKED - length);
          for (let next = at; next < stop; next++) out[length++] = bytes[next] ?? 0;
        }
        at = end;
      } else if (kind === SPACE) {
        if (length > 0 && out[length - 1] !== BLANK) out[length++] = BLANK;
        at++;
      } else if (byte === EQUALS && isPair(bytes, at, from, to)) {
        out[length++] = EQUALS;
        length = star(out, length);
        at = endOfValue(bytes, at + 1, to);
      } else if ((byte === DOUBLE || byte === SINGLE || byte === BACK) && opens(bytes, at, from)) {
        const end = endOfQuoted(bytes, at, to, byte);
        if (end < 0) out[length++] = byte;
        else length = star(out, length);
        at = end < 0 ? at + 1 : end;
      } else {
        out[length++] = byte;
        at++;
      }
    }
    while (length > 0 && out[length - 1] === BLANK) length--;
    this.length = length;
    this.digest();
  }

  /** The hashes of what stands in `out`. */
  digest(): void {
    const { out, length } = this;
    let [hash, check, words, first] = [0x811c9dc5, 0x9747b28c, 1, 0];
    for (let index = 0; index < length; index++) {
      const byte = out[index] ?? 0;
      if (byte === BLANK && words++ === 1) first = hash;
      hash = Math.imul(hash ^ byte, 0x01000193);
      check = Math.imul(check + byte, 0x85ebca6b) ^ (check >>> 13);
    }
    this.form = formOf(words, words === 1 ? hash : first);
    this.openForm = formOf(words, WILD_HASH);
    this.hash = (hash ^ (hash >>> 15)) | 0;
    this.check = check | 0;
  }

  /** As if that had been masked already. */
  take(masked: string): void {
    this.length = Math.min(Buffer.from(this.out.buffer).write(masked), MOST_MASKED);
    this.digest();
  }
}

/** FNV of `<*>`. */
const WILD_HASH = [LESS, STAR, MORE].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);

function formOf(words: number, first: number): number {
  return Math.imul(first ^ words, 0x9e3779b1) | 0;
}

function endOfWord(bytes: Uint8Array, from: number, to: number): number {
  let end = from + 1;
  while (end < to) {
    const kind = CLASS[bytes[end] ?? 0] ?? 0;
    if (kind >= DIGIT) end++;
    else if (end + 1 < to && joins(bytes, end, kind)) end += 2;
    else break;
  }
  return end;
}

/** A dash or dot between two of a word, a colon between two digits. */
function joins(bytes: Uint8Array, at: number, kind: number): boolean {
  const after = CLASS[bytes[at + 1] ?? 0] ?? 0;
  if (kind === JOINS) return after >= DIGIT;
  return bytes[at] === COLON && after === DIGIT && CLASS[bytes[at - 1] ?? 0] === DIGIT;
}

function isValue(bytes: Uint8Array, from: number, to: number): boolean {
  let onlyHex = to - from >= HEX_WORD;
  for (let index = from; index < to; index++) {
    const kind = CLASS[bytes[index] ?? 0] ?? 0;
    if (kind === DIGIT) return true;
    if (kind !== HEX) onlyHex = false;
  }
  return onlyHex;
}

/** One more `<*>`, or none: it follows another one. */
function star(out: Uint8Array, length: number): number {
  let end = length;
  if (out[end - 1] === BLANK) end--;
  if (out[end - 1] === COMMA) end--;
  if (end >= 3 && end < length && out[end - 1] === MORE && out[end - 2] === STAR && out[end - 3] === LESS)
    return end;
  out[length] = LESS;
  out[length + 1] = STAR;
  out[length + 2] = MORE;
  return length + 3;
}

function isPair(bytes: Uint8Array, at: number, from: number, to: number): boolean {
  if (at === from || at + 1 >= to || (CLASS[bytes[at - 1] ?? 0] ?? 0) < DIGIT) return false;
  const next = bytes[at + 1] ?? 0;
  return (CLASS[next] ?? 0) >= JOINS || next === DOUBLE || next === SINGLE || next === 47;
}

function endOfValue(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from] ?? 0;
  if (first === DOUBLE || first === SINGLE) {
    const end = endOfQuoted(bytes, from, to, first);
    if (end >= 0) return end;
  }
  let end = from;
  // Until a space, a comma, a semicolon, an ampersand or a closing bracket.
  for (; end < to; end++) {
    const byte = bytes[end] ?? 0;
    if (byte <= BLANK || byte === COMMA || byte === 59 || byte === 38) break;
    if (byte === 41 || byte === 93 || byte === 125) break;
  }
  return end;
}

function opens(bytes: Uint8Array, at: number, from: number): boolean {
  return at === from || (CLASS[bytes[at - 1] ?? 0] ?? 0) <= SPACE;
}

/** Behind the closing quote, which no word follows; -1: there is none. Ruby opens with ` and closes with '. */
function endOfQuoted(bytes: Uint8Array, at: number, to: number, quote: number): number {
  const limit = Math.min(to, at + MOST_QUOTED);
  for (let index = at + 1; index < limit; index++) {
    const byte = bytes[index];
    if (byte === 92) index++;
    else if (byte === quote || (quote === BACK && byte === SINGLE)) {
      if (index + 1 >= to || (CLASS[bytes[index + 1] ?? 0] ?? 0) < DIGIT) return index + 1;
    }
  }
  return -1;
}
