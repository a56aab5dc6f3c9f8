import type { Instant } from '../../model/instant.ts';
import type { LogPattern } from '../../model/log-counts.ts';
import { safeText } from '../../model/safe-text.ts';
import type { LivePattern } from './live.ts';
import { maskedMessage } from './masked.ts';
import { patternId } from './pattern-id.ts';
import { fits } from './template.ts';

/**
 * The patterns of a whole span: those of the lines that were read, with what the log system counted of each where
 * that is more, and those that only the log system saw. A log system groups by its own measure: several of its groups
 * may be one pattern. Trends are of the lines that were read alone.
 */
export function wholePatterns(
  read: readonly LivePattern[],
  told: readonly LogPattern[],
): readonly LivePattern[] {
  const known = read.map((pattern) => ({ pattern, tokens: pattern.template.split(' ') }));
  const groups = new Map<string, { readonly base: LivePattern | null; readonly told: LogPattern[] }>();
  for (const group of told) {
    const masked = maskedMessage({ message: group.text });
    const tokens = masked.split(' ');
    const base = known.find((each) => fits(each.tokens, tokens))?.pattern ?? null;
    const id = base?.id ?? patternId(masked);
    const found = groups.get(id);
    if (found === undefined) groups.set(id, { base, told: [group] });
    else found.told.push(group);
  }
  const unseen = [...groups].flatMap(([id, group]) =>
    group.base === null ? whole(id, null, group.told) : [],
  );
  return [...read.flatMap((each) => whole(each.id, each, groups.get(each.id)?.told ?? [])), ...unseen];
}

function whole(id: string, read: LivePattern | null, told: readonly LogPattern[]): readonly LivePattern[] {
  const [first] = told;
  if (first === undefined) return read === null ? [] : [read];
  const times = told.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt].filter(isTold));
  // A pattern without any time cannot be put before or after anything.
  if (read === null && times.length === 0) return [];
  return [
    {
      id,
      template: read?.template ?? safeText(maskedMessage({ message: first.text })),
      count: Math.max(
        read?.count ?? 0,
        told.reduce((sum, { count }) => sum + count, 0),
      ),
      firstAt: Math.min(read?.firstAt ?? Number.POSITIVE_INFINITY, ...times),
      lastAt: Math.max(read?.lastAt ?? Number.NEGATIVE_INFINITY, ...times),
      levels: new Set([...(read?.levels ?? []), ...told.map(({ level }) => level)]),
      versions: new Set([...(read?.versions ?? []), ...told.flatMap(({ versions }) => versions ?? [])]),
      instances: new Set([...(read?.instances ?? []), ...told.flatMap(({ instances }) => instances ?? [])]),
      services: read?.services ?? new Set(),
      between: read?.between ?? (() => 0),
    },
  ];
}

function isTold(at: Instant | null): at is Instant {
  return at !== null;
}
