import { expect, it } from 'vitest';
import { LivePatterns } from '../../../../src/insight/patterns/live.ts';
import { wholePatterns } from '../../../../src/insight/patterns/whole.ts';
import { type Instant, MINUTE } from '../../../../src/model/instant.ts';
import type { LogPattern } from '../../../../src/model/log-counts.ts';
import { safeText } from '../../../../src/model/safe-text.ts';
import { logLine } from '../../../component/story.ts';

const line = logLine(30, 'Refreshed 51 keys');

function read() {
  const patterns = new LivePatterns();
  patterns.add(line);
  patterns.add(logLine(31, 'Refreshed 52 keys'));
  return patterns.patterns();
}

function group(text: string, count: number, firstAt: Instant | null, lastAt = firstAt): LogPattern {
  const names = { versions: [safeText('1.0.283')], instances: null };
  return { sample: null, text: safeText(text), level: 'error', count, firstAt, lastAt, ...names };
}

it('the log system’s groups are counted to the pattern that their lines have, with their times and versions', () => {
  const early = line.at - 10 * MINUTE;
  const [whole, ...others] = wholePatterns(read(), [
    group('Refreshed 7 keys', 4_000, early, line.at),
    group('Refreshed 4711 keys', 500, line.at),
  ]);
  expect(others).toEqual([]);
  expect(whole).toMatchObject({ count: 4_500, firstAt: early, lastAt: line.at + 1_000 });
  expect(whole?.versions).toContain('1.0.283');
  expect(whole?.between(line.at - MINUTE, line.at + MINUTE)).toBe(2);
});

it('what only the log system saw is a pattern too, where it tells when', () => {
  const whole = wholePatterns(read(), [
    group('Payment 17 refused', 9, line.at - MINUTE),
    group('Payment 18 refused', 3, line.at),
    group('No time of it is told', 40, null),
  ]);
  expect(whole.map(({ template, count }) => [template, count])).toEqual([
    ['Refreshed <*> keys', 2],
    ['Payment <*> refused', 12],
  ]);
  expect(whole[1]).toMatchObject({ firstAt: line.at - MINUTE, lastAt: line.at });
});

it('fewer lines than came are not believed: the log system was not done', () => {
  expect(wholePatterns(read(), [group('Refreshed 7 keys', 1, line.at)])[0]?.count).toBe(2);
});
