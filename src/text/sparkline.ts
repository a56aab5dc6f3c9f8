const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character a value, in eight heights from zero to `highest`; at least a sliver is drawn. */
export function sparkline(values: readonly number[], highest = Math.max(0, ...values)): string {
  return values.map((value) => bar(value, highest)).join('');
}

/** At most so many values for the whole history: the highest of each stretch. */
export function condensed(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, index) => {
    const from = Math.floor((index * values.length) / most);
    const to = Math.floor(((index + 1) * values.length) / most);
    return Math.max(...values.slice(from, to));
  });
}

function bar(value: number, highest: number): string {
  if (highest <= 0) return HEIGHTS[0];
  const height = Math.ceil((Math.max(0, value) / highest) * (HEIGHTS.length - 1));
  return HEIGHTS[Math.min(height, HEIGHTS.length - 1)] ?? HEIGHTS[0];
}
