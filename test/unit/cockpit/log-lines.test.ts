import { describe, expect, it } from 'vitest';
import { marker } from '../../../src/cockpit/filter.ts';
import { errorsOverTime } from '../../../src/cockpit/panes/errors-over-time.ts';
import { type LogRows, logLines } from '../../../src/cockpit/panes/log-lines.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';
import type { LogLevel } from '../../../src/model/log-line.ts';
import { safeText } from '../../../src/model/safe-text.ts';
import { EPOCH, logLine } from '../../component/story.ts';

const rows = (changes: Partial<LogRows>): LogRows => ({
  lines: [],
  anchor: null,
  wrap: false,
  before: null,
  gaps: false,
  marks: new Map(),
  highlight: null,
  unfolded: new Set(),
  selected: new Set(),
  services: null,
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

describe('the rows of the log', () => {
  const told = { ...logLine(3, 'settled'), fields: { order: safeText('7'), host: safeText('i-03') } };

  it('folds its own fields behind the message, and unfolds all of them', () => {
    const [row] = logLines(rows({ lines: [told] }));
    expect(lineText(row ?? []).trimEnd()).toMatch(/settled {2}order=7$/);
    const open = logLines(rows({ lines: [told], unfolded: new Set([told.id]) }));
    expect(open.map((each) => lineText(each).slice(23).trimEnd())).toEqual([
      'settled',
      'order: 7',
      'host: i-03',
    ]);
  });

  it('tells times as ages before the newest line', () => {
    const lines = [
      { ...logLine(1, 'one'), at: EPOCH - 65_000 },
      { ...logLine(2, 'two'), at: EPOCH },
    ];
    const texts = logLines(rows({ lines, before: EPOCH })).map((row) => lineText(row).slice(0, 8));
    expect(texts).toEqual([' -1m05s ', '    -0s '].map((text) => text.trim().padStart(8)));
  });

  it('marks where nothing was said', () => {
    const lines = [
      { ...logLine(1, 'one'), at: EPOCH - 40_000 },
      { ...logLine(2, 'two'), at: EPOCH },
    ];
    const anchor = { key: lines[1]?.id ?? '', row: 5 };
    for (const changes of [{ lines }, { lines, anchor }]) {
      const texts = logLines(rows({ ...changes, gaps: true })).map((row) => lineText(row).trim());
      expect(texts).toEqual([
        expect.stringContaining('one'),
        '· 40s without a line ·',
        expect.stringContaining('two'),
      ]);
    }
  });

  it('highlights text and regular expressions as long as the line is in sight', () => {
    const marked = (wanted: string) =>
      logLines(rows({ lines: [logLine(1, 'took 12 ms, not 7 ms')], highlight: marker(wanted) }))[0]
        ?.filter(({ inverse }) => inverse)
        .map(({ text }) => text);
    expect(marked('TOOK')).toEqual(['took']);
    expect(marked('[0-9]+ ms')).toEqual(['12 ms', '7 ms']);
    expect(marked('(')).toEqual([]);
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
