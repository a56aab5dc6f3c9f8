import { total, type Weights } from '../stores/log-shape.ts';
import type { Span } from '../widgets/line.ts';

const EIGHTHS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * One column of a histogram, from the bottom up: errors at the foot, then warnings, then the rest, each with a sign of
 * its own, so that it can be read without colours. Errors always have a cell, however few they are.
 */
export function bar(weights: Weights, highest: number, rows: number): readonly Span[] {
  const { errors, warnings } = weights;
  const all = total(weights);
  if (all === 0) return [];
  const cells = (lines: number) => Math.min(rows, Math.round((lines / highest) * rows));
  const red = errors === 0 ? 0 : Math.max(1, cells(errors));
  const yellow = Math.max(red, warnings === 0 ? 0 : Math.max(1, cells(errors + warnings)));
  const top = Math.max(yellow, cells(all));
  if (top === 0) return [{ text: EIGHTHS[0], tone: 'muted' }];
  const column = Array.from({ length: top }, (_, row): Span => {
    if (row < red) return { text: '█', tone: 'bad' };
    return row < yellow ? { text: '▓', tone: 'warn' } : { text: '░', tone: 'muted' };
  });
  // Where nothing stands on the errors, their height is told by the eighth.
  if (top === red) column[red - 1] = { text: eighth((errors / highest) * rows - (red - 1)), tone: 'bad' };
  return column;
}

function eighth(share: number): string {
  return EIGHTHS[Math.max(0, Math.min(7, Math.round(share * 8) - 1))] ?? EIGHTHS[0];
}
