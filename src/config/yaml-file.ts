import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError } from './error.ts';
import type { Path, Problem } from './problem.ts';
import type { Source } from './sources.ts';

const MAX_ALIASES = 100;

/** A YAML file as data, with the place of every key for messages. */
export interface YamlFile {
  readonly data: Record<string, unknown>;
  /** `file:line:column` of a key or its value; of the nearest key above it when it is not in the file. */
  place(problem: Pick<Problem, 'path' | 'atKey'>): string;
  /** Whether the file itself holds that key. */
  has(path: Path): boolean;
}

/** A file of one mapping. Aliases and size are bounded: a small file cannot become a big one. */
export function readYaml({ file, text }: Source): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'silent',
  });
  const spot = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong !== undefined)
    throw new ConfigError(`${spot(wrong.pos[0])}: this is no YAML: ${firstLine(wrong.message)}`);
  const data = toData(() => document.toJS({ maxAliasCount: MAX_ALIASES }), file);
  if (data !== null && (typeof data !== 'object' || Array.isArray(data))) {
    throw new ConfigError(`${file}:1:1: this is no mapping of keys to values.`);
  }
  return {
    data: (data ?? {}) as Record<string, unknown>,
    place({ path, atKey }) {
      const { node, key } = nearestNode(document.contents, path);
      const shown = atKey === true ? (key ?? node) : (node ?? key);
      return spot(shown?.range?.[0] ?? 0);
    },
    has: (path) => document.hasIn(path),
  };
}

function toData(read: () => unknown, file: string): unknown {
  try {
    return read();
  } catch {
    throw new ConfigError(
      `${file}: its aliases unfold to far more than the file, and are refused (at most ${MAX_ALIASES}): write out what they stand for.`,
    );
  }
}

function nearestNode(root: unknown, path: Path): { node: Node | null; key: Node | null } {
  let node = isNode(root) ? root : null;
  let key: Node | null = null;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!isPair(pair)) break;
      key = isNode(pair.key) ? pair.key : null;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) break;
      key = item;
      node = item;
    } else break;
  }
  return { node, key };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
