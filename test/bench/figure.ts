/** One measured figure and the baseline that was measured in the same run; see `npm run bench` in docs/contracts. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  /** How many samples `value` is taken from. */
  readonly n: number;
}

export function figure(name: string, unit: string, value: number, baseline: number, n: number): Figure {
  return { name, unit, value: round(value), baseline: round(baseline), ratio: round(value / baseline), n };
}

/** The value below which the given share of samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
