import { shortNames } from '../short-names.ts';
import type { Tone } from '../theme.ts';
import { cell, type Span } from '../widgets/line.ts';

/** Whose each line is, where those of several services are shown: by its short name, and its colour besides. */
export interface ServiceColumn {
  readonly columns: number;
  span(service: string): Span;
}

/** Other ones than those of the levels. */
const TONES: readonly Tone[] = ['service1', 'service2', 'service3', 'service4', 'service5', 'service6'];
const NARROW_SCREEN = 100;
const NARROW = 8;
const WIDE = 12;

/** A service keeps its colour for as long as its squad has the same services. */
export function serviceColumn(names: readonly string[], width: number): ServiceColumn {
  const most = width < NARROW_SCREEN ? NARROW : WIDE;
  const columns = Math.min(most, Math.max(...names.map(({ length }) => length)));
  const short = shortNames(names, columns);
  const tones = new Map([...names].sort().map((name, index) => [name, TONES[index % TONES.length]]));
  return {
    columns: columns + 1,
    span(service) {
      const tone = tones.get(service);
      const text = `${cell(short.get(service) ?? service, columns)} `;
      return tone === undefined ? { text } : { text, tone };
    },
  };
}
