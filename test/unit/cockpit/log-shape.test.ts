import { describe, expect, it } from 'vitest';
import { shapeMarks } from '../../../src/cockpit/log-shape.ts';
import { bar } from '../../../src/cockpit/panes/log-shape-bar.ts';
import { niceTop, shapeLines } from '../../../src/cockpit/panes/log-shape-lines.ts';
import {
  bucketSize,
  chosenSpan,
  countLines,
  moveBucket,
  summed,
} from '../../../src/cockpit/stores/log-shape.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { deploy, EPOCH, logLine } from '../../component/story.ts';

const LINES = [
  logLine(1, 'fine'),
  logLine(2, 'slow', 'warn'),
  logLine(2, 'broken', 'error'),
  logLine(41, 'dead', 'fatal'),
];
const SPAN = { from: EPOCH - 60 * SECOND, to: EPOCH };
const COUNTS = countLines(LINES, SPAN, 10 * SECOND);

describe('the shape of a log', () => {
  it('takes round times for its columns, as short as the width allows', () => {
    expect(bucketSize({ from: EPOCH - 15 * MINUTE, to: EPOCH }, 113)).toBe(10 * SECOND);
    expect(bucketSize({ from: EPOCH - 60 * MINUTE, to: EPOCH }, 73)).toBe(MINUTE);
  });

  it('counts lines by time and level', () => {
    expect(COUNTS.buckets).toEqual([{ info: 1, warn: 1, error: 1 }, {}, {}, {}, { fatal: 1 }, {}, {}]);
    expect(summed(COUNTS, SPAN)).toEqual({ errors: 2, warnings: 1, others: 1 });
  });

  it('moves its cursor to the ends and not beyond, and has a span between two moments', () => {
    const first = moveBucket(COUNTS, { at: null, from: null }, Number.NEGATIVE_INFINITY);
    expect(first.at).toBe(COUNTS.from);
    expect(moveBucket(COUNTS, first, -1)).toEqual(first);
    const begun = { at: first.at, from: first.at };
    expect(chosenSpan(COUNTS, moveBucket(COUNTS, begun, 2))).toEqual({
      from: COUNTS.from,
      to: COUNTS.from + 30 * SECOND,
    });
    expect(moveBucket(COUNTS, first, Number.POSITIVE_INFINITY).at).toBeNull();
  });

  it('never loses the errors among many lines, and tells the levels apart without colours', () => {
    const signs = (errors: number, warnings: number, others: number) =>
      bar({ errors, warnings, others }, 1_000, 8)
        .map(({ text }) => text)
        .join('');
    expect(signs(1, 0, 999)).toBe('█░░░░░░░');
    expect(signs(500, 250, 250)).toBe('████▓▓░░');
    expect(signs(0, 0, 3)).toBe('▁');
    expect(signs(0, 0, 0)).toBe('');
    expect([1, 6, 11, 21, 999].map(niceTop)).toEqual([5, 10, 15, 30, 1_000]);
  });

  it('calls a deploy of an earlier version a rollback', () => {
    const deploys = [
      deploy('1.0.282', EPOCH - MINUTE),
      deploy('1.0.283', EPOCH - 10 * MINUTE),
      deploy('1.0.282', EPOCH - 60 * MINUTE),
    ];
    expect(shapeMarks(deploys, EPOCH - 2 * MINUTE).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'deploy 1.0.282',
      'deploy 1.0.283',
      'incident incident',
      'rollback back to 1.0.282',
    ]);
  });

  it('fills any size exactly, with the marks on the axis and what they mean below', () => {
    const marks = [{ kind: 'deploy' as const, at: EPOCH - 35 * SECOND, name: '1.0.283' }];
    for (const [width, height] of [
      [80, 13],
      [120, 18],
      [40, 4],
    ] as const) {
      const rows = shapeLines({
        counts: COUNTS,
        knownFrom: COUNTS.from,
        view: { at: null, from: null },
        marks,
        width,
        height,
        focused: true,
      }).map(lineText);
      expect(rows.length).toBeLessThanOrEqual(height);
      expect(rows.every((row) => row.length === width)).toBe(true);
      if (height < 10) continue;
      expect(rows.at(-4)?.trimEnd().endsWith('──D────')).toBe(true);
      expect(rows.at(-1)).toContain('D 1.0.283 03:11');
    }
  });
});
