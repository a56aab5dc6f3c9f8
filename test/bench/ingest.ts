import { PatternEngine } from '../../src/insight/patterns/engine.ts';
import { corpus, randomOf } from '../unit/insight/patterns/corpus.ts';
import { type Figure, figure, median } from './figure.ts';

/** JSON lines a second into patterns, on one core and from memory; beside them plain `JSON.parse` of the same lines. */
export function measureIngest(rounds: number): Figure {
  const lines = corpus(randomOf(1), 50_000).map(({ text }, index) =>
    JSON.stringify({
      ts: new Date(1_794_885_120_000 + index).toISOString(),
      level: 'info',
      message: text,
      version: '1.0.282',
    }),
  );
  const buffers = lines.map((line) => Buffer.from(line));
  const taken: number[] = [];
  const parsed: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const plain = perSecond(lines.length, () => {
      for (const line of lines) JSON.parse(line);
    });
    const clustered = perSecond(lines.length, () => {
      const engine = new PatternEngine();
      buffers.forEach((line, index) => {
        engine.add(line, 0, line.length, index + 1);
      });
      engine.patterns();
    });
    if (round === 0) continue; // warms the compiler
    parsed.push(plain);
    taken.push(clustered);
  }
  return figure('ingest.lines', 'lines/s', median(taken), median(parsed), rounds);
}

function perSecond(lines: number, run: () => void): number {
  const start = performance.now();
  run();
  return (lines * 1_000) / (performance.now() - start);
}
