import { DAY, HOUR, MINUTE, SECOND } from '../../../model/instant.ts';
import { isoTime, type Row } from './event.ts';
import type { Command } from './spl/pipeline.ts';
import { flush, type Stage, type TimeRange } from './stage.ts';

const SPANS = [
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  DAY,
];
const BINS = 100;

/** `timechart count [by field]`: one row for each span of the range, empty ones too; at most 100 unless a span is given. */
export function createTimechart(
  command: Extract<Command, { name: 'timechart' }>,
  range: TimeRange,
  next: Stage,
): Stage {
  const span = command.spanMs ?? SPANS.find((one) => (range.to - range.from) / one <= BINS) ?? DAY;
  const bins = new Map<number, Map<string, number>>();
  const series = new Set<string>(command.by === null ? ['count'] : []);
  return {
    push(row) {
      const bin = Math.floor(Date.parse(row._time ?? '') / span) * span;
      const name = command.by === null ? 'count' : (row[command.by] ?? 'NULL');
      series.add(name);
      const counts = bins.get(bin) ?? new Map<string, number>();
      counts.set(name, (counts.get(name) ?? 0) + 1);
      bins.set(bin, counts);
      return true;
    },
    end() {
      const names = [...series].sort();
      const rows: Row[] = [];
      const oldest = [...bins.keys()].reduce((one, other) => Math.min(one, other), Infinity);
      const first = Math.max(Math.floor(range.from / span) * span, oldest);
      for (let at = first; at < range.to && bins.size > 0; at += span) {
        const row: Row = { _time: isoTime(at), _span: String(span / 1000) };
        for (const name of names) row[name] = String(bins.get(at)?.get(name) ?? 0);
        rows.push(row);
      }
      flush(rows, next);
    },
  };
}
