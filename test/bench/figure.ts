/** One measured figure and the baseline that was measured in the same run; see `npm run bench` in docs/contracts. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  /** How many samples `value` is taken from. */
  readonly n: number;
  /** The ratio's quartiles: half of the samples lie between them. */
  readonly spread?: readonly [number, number];
}

export function figure(name: string, unit: string, value: number, baseline: number, n: number): Figure {
  return { name, unit, value: round(value), baseline: round(baseline), ratio: round(value / baseline), n };
}

/** The median of samples, and how far they spread. */
export function spreadFigure(
  name: string,
  unit: string,
  samples: readonly number[],
  baseline: number,
): Figure {
  const at = (share: number) => round(percentile(samples, share) / baseline);
  return {
    ...figure(name, unit, median(samples), baseline, samples.length),
    spread: [at(0.25), at(0.75)],
  };
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
