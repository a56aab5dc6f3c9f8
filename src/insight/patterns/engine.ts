import type { Instant } from '../../model/instant.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { sortedLines } from './line-numbers.ts';
import { Masker } from './mask.ts';
import { patternId } from './pattern-id.ts';
import { LineReader } from './reader.ts';
import { LEVEL_ORDER, levelBit, type Shape, summed, withName } from './shape.ts';
import { ShapeTable } from './shape-table.ts';
import { Spread } from './spread.ts';

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
  /** At most 16 of each. */
  readonly versions: readonly SafeText[];
  readonly instances: readonly SafeText[];
  /** Counts of equal steps between two moments, oldest first; empty: its lines tell no time. */
  trend(from: Instant, to: Instant, steps: number): readonly number[];
  /** Ascending, counted from 1; as many as were kept. */
  lines(): Float64Array;
}

export interface PatternBounds {
  /** Different masked lines kept apart; at this many they are folded into their patterns. */
  readonly shapes: number;
  /** Bytes for all line numbers; 0: none are kept. */
  readonly lineBytes: number;
}

/** Bytes read of a line. */
const MOST_READ = 8_192;

/**
 * Counts lines by their pattern in bounded memory. Lines are masked and counted by what remains; clustering waits until
 * patterns are asked for, so their order does not matter, as long as the different masked lines fit (`shapes`).
 */
export class PatternEngine {
  readonly #reader = new LineReader();
  readonly #masker = new Masker();
  readonly #table: ShapeTable;
  #passed = 0;
  lines = 0;

  constructor({ shapes, lineBytes }: PatternBounds = { shapes: 16_384, lineBytes: 0 }) {
    this.#table = new ShapeTable(shapes, lineBytes > 0 ? { left: lineBytes } : null);
  }

  /** Lines of patterns that were too rare to be kept. */
  get dropped(): number {
    return this.#table.dropped + this.#passed;
  }

  /** Different masked lines that are kept apart now; never more than the bound. */
  get kept(): number {
    return this.#table.size;
  }

  /** @param number of the line, ascending */
  add(line: Buffer, from: number, to: number, number: number): void {
    const reader = this.#reader;
    reader.read(line, from, Math.min(to, from + MOST_READ));
    this.#masker.mask(reader.bytes, reader.from, reader.to);
    if (this.#masker.length === 0) return;
    this.lines++;
    const shape = this.#table.of(this.#masker);
    if (shape === null) {
      this.#passed++;
      return;
    }
    shape.count++;
    shape.lastLine = number;
    if (!Number.isNaN(reader.at)) {
      shape.spread ??= new Spread();
      shape.spread.add(reader.at);
    }
    if (reader.at < shape.first) shape.first = reader.at;
    if (reader.at > shape.last) shape.last = reader.at;
    shape.levels |= reader.level === null ? shape.textLevel : levelBit(reader.level);
    if (reader.version !== null) shape.versions = withName(shape.versions, reader.version);
    if (reader.instance !== null) shape.instances = withName(shape.instances, reader.instance);
    shape.lines?.add(number);
  }

  /** The most frequent first. */
  patterns(): readonly Pattern[] {
    return this.#table
      .clustered()
      .map(([template, shapes]) => pattern(template, shapes))
      .sort((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1));
  }
}

function pattern(template: string, shapes: readonly Shape[]): Pattern {
  const { count, first, last, levels, versions, instances, spread } = summed(shapes);
  return {
    id: patternId(template),
    template: safeText(template),
    count,
    firstAt: Number.isFinite(first) ? first : null,
    lastAt: Number.isFinite(last) ? last : null,
    levels: LEVEL_ORDER.filter((level) => (levels & levelBit(level)) !== 0),
    versions: sorted(versions),
    instances: sorted(instances),
    trend: (from, to, steps) => spread?.counts(from, to, steps) ?? [],
    lines: () => sortedLines(shapes.flatMap(({ lines }) => lines ?? [])),
  };
}

function sorted(names: ReadonlySet<string> | null): readonly SafeText[] {
  return [...(names ?? [])].sort().map((name) => safeText(name));
}
