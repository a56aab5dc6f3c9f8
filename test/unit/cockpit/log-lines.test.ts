import { describe, expect, it } from 'vitest';
import { errorsOverTime, type LogRows, logLines } from '../../../src/cockpit/panes/log-lines.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';
import type { LogLevel } from '../../../src/model/log-line.ts';
import { EPOCH, logLine } from '../../component/story.ts';

const rows = (changes: Partial<LogRows>): LogRows => ({
  lines: [],
  anchor: null,
  wrap: false,
  width: 80,
  height: 10,
  focused: false,
  ...changes,
});

describe('a log line', () => {
  it.each<[LogLevel, string | undefined]>([
    ['info', undefined],
    ['unknown', undefined],
    ['debug', 'muted'],
    ['warn', 'warn'],
    ['error', 'bad'],
  ])('of level %s has its message in tone %s', (level, tone) => {
    const [line] = logLines(rows({ lines: [logLine(1, 'what it says', level)] }));
    expect(line?.find(({ text }) => text === 'what it says')?.tone).toBe(tone);
  });

  it('of several lines says the first, and the others quieter behind it', () => {
    const lines = [logLine(1, 'NoMethodError\n  from a.rb:1\n  from b.rb:2', 'error')];
    const [line] = logLines(rows({ lines }));
    expect(line?.map(({ text, tone }) => [text.trimEnd(), tone])).toContainEqual(['NoMethodError', 'bad']);
    expect(line?.map(({ text, tone }) => [text.trimEnd(), tone])).toContainEqual([
      ' ↵ from a.rb:1 ↵ from b.rb:2',
      'muted',
    ]);
    const wrapped = logLines(rows({ lines, wrap: true })).map((each) => lineText(each).slice(23).trimEnd());
    expect(wrapped).toEqual(['NoMethodError', '  from a.rb:1', '  from b.rb:2']);
  });
});

describe('errors over time', () => {
  const at = (secondsAgo: number, level: LogLevel) => ({
    ...logLine(1, 'x', level),
    at: EPOCH - secondsAgo * 1_000,
  });

  it('are counted only as far back as lines are known', () => {
    const { total, spanMs, bars } = errorsOverTime(
      [at(50, 'info'), at(40, 'error'), at(5, 'error')],
      EPOCH,
      30_000,
      6,
    );
    expect({ total, spanMs }).toEqual({ total: 2, spanMs: 60_000 });
    expect(bars).toMatch(/^····[▁-█]{2}$/);
  });

  it('leave out what is older than the bars reach', () => {
    expect(errorsOverTime([at(500, 'error'), at(5, 'error')], EPOCH, 30_000, 6)).toMatchObject({
      total: 1,
      spanMs: 180_000,
    });
  });
});
