import type { LogLevel } from '../../model/log-line.ts';
import { LEVELS } from '../log-names.ts';
import { type LineBudget, LineNumbers, sortedLines } from './line-numbers.ts';
import { Spread } from './spread.ts';

const MOST_NAMES = 16;
const LEVEL_WORD = /\b(FATAL|CRITICAL|SEVERE|ERROR|WARNING|WARN|INFO|DEBUG|TRACE)\b/;
/** Worst first. */
export const LEVEL_ORDER: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'unknown'];
const UNKNOWN = levelBit('unknown');

/** Lines that are the same once masked; or, folded, all lines of a pattern. */
export interface Shape {
  readonly text: string;
  readonly folded: boolean;
  /** The level that its words tell, where its lines tell none. */
  readonly textLevel: number;
  count: number;
  first: number;
  last: number;
  lastLine: number;
  /** Bits, one a level. */
  levels: number;
  versions: Set<string> | null;
  instances: Set<string> | null;
  /** null: its lines tell no time. */
  spread: Spread | null;
  /** null: none are kept. */
  readonly lines: LineNumbers | null;
}

export function newShape(text: string, lines: LineNumbers | null): Shape {
  const word = LEVEL_WORD.exec(text.slice(0, 160))?.[1] ?? '';
  return {
    text,
    folded: false,
    textLevel: levelBit(LEVELS.get(word.toLowerCase()) ?? 'unknown'),
    count: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    lastLine: 0,
    levels: 0,
    versions: null,
    instances: null,
    spread: null,
    lines,
  };
}

/** What is known of several shapes together; nothing in them changes. */
export function summed(shapes: readonly Shape[]) {
  const [first] = shapes;
  const sum = { count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  let [lastLine, levels, textLevel] = [0, 0, first?.textLevel ?? UNKNOWN];
  let versions: Set<string> | null = null;
  let instances: Set<string> | null = null;
  const spread = shapes.some((shape) => shape.spread !== null) ? new Spread() : null;
  for (const shape of shapes) {
    sum.count += shape.count;
    sum.first = Math.min(sum.first, shape.first);
    sum.last = Math.max(sum.last, shape.last);
    lastLine = Math.max(lastLine, shape.lastLine);
    levels |= shape.levels;
    if (shape.textLevel !== textLevel) textLevel = UNKNOWN;
    if (shape.spread !== null) spread?.addAll(shape.spread);
    for (const name of shape.versions ?? []) versions = withName(versions, name);
    for (const name of shape.instances ?? []) instances = withName(instances, name);
  }
  return { ...sum, lastLine, levels, textLevel, versions, instances, spread };
}

/** One shape for all of a pattern, which takes over their line numbers. */
export function folded(template: string, shapes: readonly Shape[], budget: LineBudget): Shape {
  const [first] = shapes;
  if (first !== undefined && shapes.length === 1) return first;
  const lists = shapes.flatMap(({ lines }) => lines ?? []);
  return {
    ...summed(shapes),
    text: template,
    folded: true,
    lines: lists.length === 0 ? null : relisted(lists, budget),
  };
}

function relisted(lists: readonly LineNumbers[], budget: LineBudget): LineNumbers {
  const all = sortedLines(lists);
  for (const list of lists) list.free();
  const list = new LineNumbers(budget);
  for (const line of all) list.add(line);
  return list;
}

/** With one more name, as long as there are few. */
export function withName(names: Set<string> | null, name: string): Set<string> | null {
  if (name.length > 200) return names;
  if (names === null) return new Set([name]);
  return names.size < MOST_NAMES ? names.add(name) : names;
}

export function levelBit(level: LogLevel): number {
  return 1 << LEVEL_ORDER.indexOf(level);
}
