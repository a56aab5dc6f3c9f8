export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The line of least squares through the points: how much y grows for each x, and its standard error. */
export function slope(points: readonly Point[]): { readonly slope: number; readonly error: number } {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, each) => sum + of(each), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const sum = (of: (point: Point) => number) => points.reduce((total, each) => total + of(each), 0);
  const spread = sum(({ x }) => (x - meanX) ** 2);
  const found = sum(({ x, y }) => (x - meanX) * (y - meanY)) / spread;
  const left = sum(({ x, y }) => (y - meanY - found * (x - meanX)) ** 2);
  return { slope: found, error: Math.sqrt(left / Math.max(1, points.length - 2) / spread) };
}
