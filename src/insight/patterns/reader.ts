import { type Instant, localNow } from '../../model/instant.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { LEVEL_FIELDS, LEVELS, MESSAGE_FIELDS } from '../log-names.ts';
import { behindMarks, behindPriority, endOfHeadWord, isMark, priorityOf } from './head-words.ts';
import { type ReadTime, readTime } from './time.ts';

const TIME_FIELDS = ['at', 'ts', 'time', 'timestamp', '@timestamp', '_time'];
const INSTANCE_FIELDS = ['instance', 'host', 'hostname', 'pod'];
const VERSION_FIELDS = ['version'];
const [MESSAGE, LEVEL, TIME, INSTANCE, VERSION] = [0, 1, 2, 3, 4];
const ROLES = 5;
const [QUOTE, BACKSLASH, OPEN, CLOSE, EQUALS] = [34, 92, 123, 125, 61];

const MOST_BEFORE_ACCESS_TIME = 100;
/** By severity: https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
const SYSLOG_LEVELS: readonly LogLevel[] = [
  ...(['fatal', 'fatal', 'fatal', 'error'] as const),
  ...(['warn', 'info', 'info', 'debug'] as const),
];

interface Name {
  readonly bytes: Buffer;
  readonly role: number;
  readonly rank: number;
}
const BY_FORM = new Map<number, Name[]>();
[MESSAGE_FIELDS, LEVEL_FIELDS, TIME_FIELDS, INSTANCE_FIELDS, VERSION_FIELDS].forEach((names, role) => {
  names.forEach((name, rank) => {
    const bytes = Buffer.from(name);
    const form = bytes.length * 256 + (bytes[0] ?? 0);
    BY_FORM.set(form, [...(BY_FORM.get(form) ?? []), { bytes, role, rank }]);
  });
});
const NAMES: readonly (readonly Name[] | undefined)[] = Array.from({ length: 12 * 256 }, (_, form) =>
  BY_FORM.get(form),
);

/** What a raw line tells: JSON and key=value lines of their fields, others of how they begin. One object for all lines. */
export class LineReader {
  readonly #from = new Int32Array(ROLES);
  readonly #to = new Int32Array(ROLES);
  readonly #rank = new Int32Array(ROLES);
  readonly #time: ReadTime;
  /** Where the message stands: in the line's own bytes, or in others where it had to be unescaped. */
  bytes: Buffer = Buffer.alloc(0);
  from = 0;
  to = 0;
  /** null: not told at the beginning or in a field. */
  level: LogLevel | null = null;
  /** Milliseconds since 1970; NaN: not told. */
  at = Number.NaN;
  version: string | null = null;
  instance: string | null = null;

  /** @param now about when the lines are read: for times that tell no year */
  constructor(now: Instant = localNow()) {
    this.#time = { at: Number.NaN, end: 0, now };
  }

  read(line: Buffer, from: number, to: number): void {
    this.bytes = line;
    this.from = from;
    this.to = to;
    this.level = null;
    this.at = Number.NaN;
    this.version = null;
    this.instance = null;
    const first = line[from];
    this.#rank.fill(99);
    if (first === OPEN ? this.#json(line, from, to) : this.#pairs(line, from, to)) this.#fold(line, from);
    this.#head();
  }

  #fold(line: Buffer, start: number): void {
    const told = (role: number) => (this.#rank[role] ?? 99) < 99;
    const text = (role: number) => line.toString('latin1', this.#from[role] ?? 0, this.#to[role] ?? 0);
    if (told(LEVEL)) this.level = LEVELS.get(text(LEVEL).toLowerCase()) ?? null;
    if (told(VERSION)) this.version = text(VERSION);
    if (told(INSTANCE)) this.instance = text(INSTANCE);
    if (told(TIME) && readTime(line, this.#from[TIME] ?? 0, this.#to[TIME] ?? 0, this.#time))
      this.at = this.#time.at;
    if (!told(MESSAGE)) return;
    this.from = this.#from[MESSAGE] ?? start;
    this.to = this.#to[MESSAGE] ?? start;
    const escaped = line.indexOf(BACKSLASH, this.from);
    if (escaped >= 0 && escaped < this.to) this.#unescape(line);
  }

  #unescape(line: Buffer): void {
    const raw = line.toString('utf8', this.from, this.to);
    const [first = ''] = raw
      .replaceAll(/\\u00([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .split(/\\[nr]/, 1);
    this.bytes = Buffer.from(first.replaceAll('\\t', ' ').replaceAll(/\\(.)/g, '$1'));
    this.from = 0;
    this.to = this.bytes.length;
  }

  /** The values of the first level; false: not one JSON object. */
  #json(line: Buffer, from: number, to: number): boolean {
    if (line[to - 1] !== CLOSE) return false;
    let at = from + 1;
    while (at < to) {
      while (at < to && line[at] !== QUOTE) {
        if (line[at] === CLOSE) return at === to - 1;
        at++;
      }
      const name = at + 1;
      const nameEnd = endOfString(line, name, to);
      at = nameEnd + 1;
      while (at < to && (line[at] === 58 || line[at] === 32)) at++;
      if (nameEnd < 0 || at >= to) return false;
      const opens = line[at];
      let [value, end] = [at, at];
      if (opens === QUOTE) {
        value = at + 1;
        end = endOfString(line, value, to);
        if (end < 0) return false;
        at = end + 1;
        if (end > value) this.#take(line, name, nameEnd, value, end, true);
      } else if (opens === OPEN || opens === 91) {
        at = endOfNested(line, at, to);
        if (at < 0) return false;
      } else {
        while (end < to && line[end] !== 44 && line[end] !== CLOSE && line[end] !== 32) end++;
        at = end;
        if (line[value] !== 110) this.#take(line, name, nameEnd, value, end, false);
      }
    }
    return false;
  }

  /** `key=value` pairs with a message among them; false: not that. */
  #pairs(line: Buffer, from: number, to: number): boolean {
    let at = from;
    while (at < to) {
      const name = at;
      while (at < to && (line[at] ?? 0) > 32 && line[at] !== EQUALS && line[at] !== QUOTE) at++;
      if (line[at] !== EQUALS || at === name || at >= to) {
        if (name === from) return false;
        while (at < to && (line[at] ?? 0) > 32) at++;
      } else {
        const nameEnd = at;
        const quoted = line[at + 1] === QUOTE;
        const value = at + (quoted ? 2 : 1);
        let end = value;
        if (quoted) end = endOfString(line, value, to);
        else while (end < to && (line[end] ?? 0) > 32) end++;
        if (end < 0) return false;
        this.#take(line, name, nameEnd, value, end, true);
        at = end + (quoted ? 1 : 0);
      }
      while (at < to && (line[at] ?? 0) <= 32) at++;
    }
    return (this.#rank[MESSAGE] ?? 99) < 99;
  }

  #take(line: Buffer, name: number, nameEnd: number, value: number, end: number, text: boolean): void {
    const length = nameEnd - name;
    const names = length < 12 ? NAMES[length * 256 + (line[name] ?? 0)] : undefined;
    if (names === undefined) return;
    for (const { bytes, role, rank } of names) {
      if (rank >= (this.#rank[role] ?? 0) || (role === MESSAGE && !text)) continue;
      let index = 1;
      while (index < length && bytes[index] === line[name + index]) index++;
      if (index < length) continue;
      this.#rank[role] = rank;
      this.#from[role] = value;
      this.#to[role] = end;
    }
  }

  /** Passes by what loggers put before the message: times, a level, what is only marks. */
  #head(): void {
    const { bytes, to } = this;
    let [at, timed] = [this.from, false];
    if (bytes[at] === 60) {
      const behind = behindPriority(bytes, at, to);
      if (behind > at) {
        this.level ??= SYSLOG_LEVELS[priorityOf(bytes, at) % 8] ?? null;
        at = behind;
        timed = true;
      }
    }
    if (bytes[at + 1] === 44 && bytes[at + 2] === 32 && bytes[at + 3] === 91) at += 3; // `I, [` of Ruby's Logger
    for (let word = 0; word < 8; word++) {
      while (at < to && (bytes[at] ?? 0) <= 32) at++;
      const start = bytes[at] === 91 ? at + 1 : at;
      if (readTime(bytes, start, to, this.#time)) {
        if (Number.isNaN(this.at)) this.at = this.#time.at;
        timed = true;
        at = behindMarks(bytes, this.#time.end, to);
      } else {
        const end = endOfHeadWord(bytes, start, to);
        const level = end - start < 3 || end - start > 8 ? undefined : this.#levelAt(start, end);
        if (level !== undefined) {
          this.level ??= level;
          timed = true;
          at = behindMarks(bytes, end, to);
        } else if (timed && at < to && isMark(bytes, at, to)) at = behindMarks(bytes, at, to);
        else break;
      }
    }
    if (at < to) this.from = at;
    if (Number.isNaN(this.at)) this.#accessTime();
  }

  /** The time of access logs, which stands in brackets behind who asked. */
  #accessTime(): void {
    const { bytes, from } = this;
    const to = Math.min(this.to, from + MOST_BEFORE_ACCESS_TIME);
    for (let at = from; at < to; at++) {
      if (bytes[at] !== 91) continue;
      if (bytes[at + 3] === 47 && readTime(bytes, at + 1, this.to, this.#time)) this.at = this.#time.at;
      return;
    }
  }

  #levelAt(start: number, end: number): LogLevel | undefined {
    const first = this.bytes[start] ?? 0;
    const bracketed = start > this.from && this.bytes[start - 1] === 91;
    if (!bracketed && (first < 65 || first > 90 || (this.bytes[start + 1] ?? 0) > 90)) return undefined;
    const next = this.bytes[end] ?? 32;
    if (end < this.to && next > 32 && ![93, 58, 44, 124].includes(next)) return undefined;
    const word = this.bytes.toString('latin1', start, end);
    return bracketed || word === word.toUpperCase() ? LEVELS.get(word.toLowerCase()) : undefined;
  }
}

function endOfString(line: Buffer, from: number, to: number): number {
  for (let index = from; index < to; index++) {
    const byte = line[index];
    if (byte === BACKSLASH) index++;
    else if (byte === QUOTE) return index;
  }
  return -1;
}

function endOfNested(line: Buffer, from: number, to: number): number {
  let depth = 0;
  for (let index = from; index < to; index++) {
    const byte = line[index];
    if (byte === QUOTE) {
      index = endOfString(line, index + 1, to);
      if (index < 0) return -1;
    } else if (byte === OPEN || byte === 91) depth++;
    else if ((byte === CLOSE || byte === 93) && --depth === 0) return index + 1;
  }
  return -1;
}
