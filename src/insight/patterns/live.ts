import type { Instant } from '../../model/instant.ts';
import type { LogLevel, LogLine } from '../../model/log-line.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { clusters } from './cluster.ts';
import { maskedMessage } from './masked.ts';
import { patternId } from './pattern-id.ts';
import { fits } from './template.ts';
import { Trend } from './trend.ts';
import { WILD } from './varies.ts';

/** What is known of the lines of one form; what varies in them is `<*>` in the template. */
export interface LivePattern {
  /** The same wherever the template is. */
  readonly id: string;
  readonly template: SafeText;
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly levels: ReadonlySet<LogLevel>;
  /** At most `MOST_NAMES` of each. */
  readonly versions: ReadonlySet<SafeText>;
  readonly instances: ReadonlySet<SafeText>;
  readonly services: ReadonlySet<string>;
  /** How many between two moments, of the newest half hour. */
  between(from: Instant, to: Instant): number;
}

const MOST_SHAPES = 2_048;
const MOST_NAMES = 64;

/** Lines that are the same once masked. */
interface Shape {
  readonly tokens: readonly string[];
  count: number;
  firstAt: Instant;
  lastAt: Instant;
  readonly levels: Set<LogLevel>;
  readonly versions: Set<SafeText>;
  readonly instances: Set<SafeText>;
  readonly services: Set<string>;
  readonly trend: Trend;
}

/** Counts the lines of a log by their pattern while they come, in bounded memory. */
export class LivePatterns {
  #shapes = new Map<string, Shape>();
  /** Those that stand for several shapes, which are not kept apart any more. */
  #folded: Shape[] = [];
  #clusters: readonly (readonly Shape[])[] | null = null;
  #patterns: readonly LivePattern[] | null = null;
  /** Lines of patterns that were too rare to be kept. */
  dropped = 0;

  /** @param count how many lines this one stands for. */
  add(line: LogLine, count = 1): void {
    const masked = maskedMessage(line);
    if (masked === '') return;
    const shape = this.#shapes.get(masked) ?? this.#make(masked);
    shape.count += count;
    shape.firstAt = Math.min(shape.firstAt, line.at);
    shape.lastAt = Math.max(shape.lastAt, line.at);
    shape.levels.add(line.level);
    if (line.version !== null) addName(shape.versions, line.version);
    if (line.instance !== null) addName(shape.instances, line.instance);
    addName(shape.services, line.service);
    shape.trend.add(line.at, count);
    this.#patterns = null;
  }

  /** Each once, the most frequent first. */
  patterns(): readonly LivePattern[] {
    this.#clusters ??= this.#clustered();
    this.#patterns ??= this.#clusters
      .map(patternOf)
      .sort((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1));
    return this.#patterns;
  }

  clear(): void {
    this.#shapes.clear();
    this.#folded = [];
    this.#clusters = null;
    this.#patterns = null;
    this.dropped = 0;
  }

  #make(masked: string): Shape {
    const tokens = masked.split(' ');
    const known = this.#folded.find((shape) => fits(shape.tokens, tokens));
    if (known !== undefined) return known;
    if (this.#shapes.size + this.#folded.length >= MOST_SHAPES) this.#fold();
    const shape = emptyShape(tokens);
    this.#shapes.set(masked, shape);
    this.#clusters = null;
    return shape;
  }

  #clustered(): readonly (readonly Shape[])[] {
    const shapes = [...this.#folded, ...this.#shapes.values()];
    return clusters(shapes.map(({ tokens }) => tokens.join(' '))).map(({ members }) =>
      members.flatMap((member) => shapes[member] ?? []),
    );
  }

  /** Makes room: one shape for each pattern, and of these the rarest go, those longest unseen first. */
  #fold(): void {
    const folded = this.#clustered()
      .map(one)
      .sort((a, b) => b.count - a.count || b.lastAt - a.lastAt);
    for (const shape of folded.splice(MOST_SHAPES / 2)) this.dropped += shape.count;
    this.#shapes = new Map();
    this.#folded = folded;
    this.#clusters = null;
  }
}

function emptyShape(tokens: readonly string[]): Shape {
  return {
    tokens,
    count: 0,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    levels: new Set(),
    versions: new Set(),
    instances: new Set(),
    services: new Set(),
    trend: new Trend(),
  };
}

function one(shapes: readonly Shape[]): Shape {
  const sum = emptyShape(templateOf(shapes));
  for (const shape of shapes) {
    sum.count += shape.count;
    sum.firstAt = Math.min(sum.firstAt, shape.firstAt);
    sum.lastAt = Math.max(sum.lastAt, shape.lastAt);
    for (const level of shape.levels) sum.levels.add(level);
    for (const version of shape.versions) addName(sum.versions, version);
    for (const instance of shape.instances) addName(sum.instances, instance);
    for (const service of shape.services) addName(sum.services, service);
    sum.trend.addAll(shape.trend);
  }
  return sum;
}

function templateOf(shapes: readonly Shape[]): readonly string[] {
  const [first] = shapes;
  return (first?.tokens ?? []).map((token, column) =>
    shapes.every(({ tokens }) => tokens[column] === token) ? token : WILD,
  );
}

function patternOf(shapes: readonly Shape[]): LivePattern {
  const { tokens, trend, ...facts } = one(shapes);
  const template = tokens.join(' ');
  return {
    ...facts,
    id: patternId(template),
    template: safeText(template),
    between: (from, to) => trend.between(from, to),
  };
}

function addName<Name extends string>(names: Set<Name>, name: Name): void {
  if (names.size < MOST_NAMES) names.add(name);
}
