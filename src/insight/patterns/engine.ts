import type { Instant } from '../../model/instant.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { LEVELS } from '../log-names.ts';
import { clusters } from './cluster.ts';
import { type LineBudget, LineNumbers, sortedLines } from './line-numbers.ts';
import { Masker } from './mask.ts';
import { patternId } from './pattern-id.ts';
import { LineReader } from './reader.ts';

/** Lines of one form; what varies in them is `<*>` in the template. */
export interface Pattern {
  /** Hash of the template: the same wherever the template is. */
  readonly id: string;
  readonly template: SafeText;
  readonly count: number;
  /** null: its lines tell no time. */
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** Worst first. */
  readonly levels: readonly LogLevel[];
  /** At most `MOST_NAMES` of each. */
  readonly versions: readonly SafeText[];
  readonly instances: readonly SafeText[];
  /** Ascending, counted from 1; as many as were kept. */
  lines(): Float64Array;
}

export interface PatternBounds {
  /** Different masked lines kept apart; at this many they are folded into their patterns. */
  readonly shapes: number;
  /** Bytes for all line numbers; 0: none are kept. */
  readonly lineBytes: number;
}

const MOST_NAMES = 16;
/** Bytes read of a line. */
const MOST_READ = 8_192;
const LEVEL_ORDER: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'unknown'];
const LEVEL_WORD = /\b(FATAL|CRITICAL|SEVERE|ERROR|WARNING|WARN|INFO|DEBUG|TRACE)\b/;

/** Lines that are the same once masked. */
interface Shape {
  text: string;
  textLevel: number;
  count: number;
  first: number;
  last: number;
  lastLine: number;
  levels: number;
  readonly versions: Set<string>;
  readonly instances: Set<string>;
  lists: LineNumbers[];
}

/**
 * Counts lines by their pattern in bounded memory. Lines are masked and counted by what remains; clustering waits until
 * patterns are asked for, so their order does not matter, as long as the different masked lines fit (`shapes`) and none were dropped.
 */
export class PatternEngine {
  readonly #bounds: PatternBounds;
  readonly #budget: LineBudget;
  readonly #reader = new LineReader();
  readonly #masker = new Masker();
  #shapes = new Map<number, Shape[]>();
  #checks = new Map<Shape, number>();
  #size = 0;
  /** Lines of patterns that were too rare to be kept. */
  dropped = 0;
  lines = 0;

  constructor(bounds: PatternBounds = { shapes: 16_384, lineBytes: 0 }) {
    this.#bounds = bounds;
    this.#budget = { left: bounds.lineBytes };
  }

  /** @param number of the line, ascending */
  add(line: Buffer, from: number, to: number, number: number): void {
    const reader = this.#reader;
    reader.read(line, from, Math.min(to, from + MOST_READ));
    this.#masker.mask(reader.bytes, reader.from, reader.to);
    if (this.#masker.length === 0) return;
    this.lines++;
    const shape = this.#find() ?? this.#make();
    shape.count++;
    shape.lastLine = number;
    if (reader.at < shape.first) shape.first = reader.at;
    if (reader.at > shape.last) shape.last = reader.at;
    shape.levels |= reader.level === null ? shape.textLevel : bit(reader.level);
    if (reader.version !== null) addName(shape.versions, reader.version);
    if (reader.instance !== null) addName(shape.instances, reader.instance);
    if (this.#bounds.lineBytes > 0) shape.lists[0]?.add(number);
  }

  /** The most frequent first. */
  patterns(): readonly Pattern[] {
    return this.#clustered()
      .map(([template, shapes]) => pattern(template, shapes))
      .sort((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1));
  }

  #find(): Shape | undefined {
    const same = this.#shapes.get(this.#masker.hash);
    return same?.find((shape) => this.#checks.get(shape) === this.#masker.check);
  }

  #make(): Shape {
    if (this.#size >= this.#bounds.shapes) this.#fold();
    const text = Buffer.from(this.#masker.out.buffer, 0, this.#masker.length).toString('utf8');
    const shape: Shape = {
      text,
      textLevel: bit(LEVELS.get((LEVEL_WORD.exec(text.slice(0, 160))?.[1] ?? '').toLowerCase()) ?? 'unknown'),
      count: 0,
      first: Number.POSITIVE_INFINITY,
      last: Number.NEGATIVE_INFINITY,
      lastLine: 0,
      levels: 0,
      versions: new Set(),
      instances: new Set(),
      lists: [new LineNumbers(this.#budget)],
    };
    this.#put(shape, this.#masker.hash, this.#masker.check);
    return shape;
  }

  #put(shape: Shape, hash: number, check: number): void {
    const same = this.#shapes.get(hash);
    if (same === undefined) this.#shapes.set(hash, [shape]);
    else same.push(shape);
    this.#checks.set(shape, check);
    this.#size++;
  }

  #clustered(): readonly (readonly [string, readonly Shape[]])[] {
    const shapes = [...this.#checks.keys()];
    return clusters(shapes.map(({ text }) => text)).map(({ tokens, members }) => [
      tokens.join(' '),
      members.flatMap((member) => shapes[member] ?? []),
    ]);
  }

  /** Makes room: one shape for each pattern, and of these the rarest go, those longest unseen first. */
  #fold(): void {
    const folded = this.#clustered().map(([template, shapes]) => one(template, shapes));
    const kept = folded
      .sort((a, b) => b.count - a.count || b.lastLine - a.lastLine)
      .slice(0, Math.floor(this.#bounds.shapes / 2));
    for (const shape of folded.slice(kept.length)) {
      this.dropped += shape.count;
      for (const list of shape.lists) list.free();
    }
    this.#shapes = new Map();
    this.#checks = new Map();
    this.#size = 0;
    const masker = new Masker();
    for (const shape of kept) {
      const bytes = Buffer.from(shape.text);
      masker.out.set(bytes.subarray(0, masker.out.length));
      masker.length = Math.min(bytes.length, masker.out.length);
      masker.digest();
      this.#put(shape, masker.hash, masker.check);
    }
  }
}

function one(template: string, shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  if (first === undefined) throw new Error('a pattern has lines');
  if (shapes.length === 1) return first;
  const versions = names(shapes.map(({ versions }) => versions));
  const instances = names(shapes.map(({ instances }) => instances));
  const lists = shapes.flatMap(({ lists }) => lists.filter(({ count }) => count > 0));
  return {
    ...summed(shapes),
    text: template,
    textLevel: first.textLevel,
    versions,
    instances,
    lists: relisted(lists),
  };
}
function relisted(lists: LineNumbers[]): LineNumbers[] {
  const [first] = lists;
  if (first === undefined) return lists;
  const all = sortedLines(lists);
  for (const list of lists) list.free();
  const list = first.empty();
  for (const line of all) list.add(line);
  return [list];
}

function summed(shapes: readonly Shape[]) {
  return {
    count: shapes.reduce((sum, { count }) => sum + count, 0),
    first: Math.min(...shapes.map(({ first }) => first)),
    last: Math.max(...shapes.map(({ last }) => last)),
    lastLine: Math.max(...shapes.map(({ lastLine }) => lastLine)),
    levels: shapes.reduce((all, { levels }) => all | levels, 0),
  };
}

function pattern(template: string, shapes: readonly Shape[]): Pattern {
  const { count, first, last, levels } = summed(shapes);
  const lists = shapes.flatMap((shape) => shape.lists);
  const safe = (sets: readonly ReadonlySet<string>[]) =>
    [...names(sets)].sort().map((name) => safeText(name));
  return {
    id: patternId(template),
    template: safeText(template),
    count,
    firstAt: Number.isFinite(first) ? first : null,
    lastAt: Number.isFinite(last) ? last : null,
    levels: LEVEL_ORDER.filter((level) => (levels & bit(level)) !== 0),
    versions: safe(shapes.map(({ versions }) => versions)),
    instances: safe(shapes.map(({ instances }) => instances)),
    lines: () => sortedLines(lists),
  };
}

function names(sets: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>();
  for (const set of sets) for (const name of set) addName(all, name);
  return all;
}

function addName(set: Set<string>, name: string): void {
  if (set.size < MOST_NAMES && name.length <= 200) set.add(name);
}

function bit(level: LogLevel): number {
  return 1 << LEVEL_ORDER.indexOf(level);
}
