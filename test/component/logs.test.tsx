import { describe, expect, it } from 'vitest';
import { Sitting } from './sitting.tsx';
import { EPOCH, logLine, logView } from './story.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    logLine(from + index, `message ${from + index} end`, (from + index) % 10 === 0 ? 'error' : 'info'),
  );

function withLogs(): { sitting: Sitting; more: (to: number) => void } {
  const sitting = new Sitting();
  const source = sitting.watch.logs('charge-central', 'prod');
  const more = (to: number) => source.set(logView(numbered(1, to)));
  more(100);
  return { sitting, more };
}

describe('the log pane', () => {
  it('follows, pauses without moving, counts what came, follows again', async () => {
    const { sitting, more } = withLogs();
    await sitting.sees('message 100 end');
    await sitting.press('4', 'Space');
    await sitting.sees('paused');
    const row = sitting.rowOf('message 95 end');
    more(120);
    await sitting.sees('paused 20 new');
    expect(sitting.rowOf('message 95 end')).toBe(row);
    await sitting.press('f');
    await sitting.sees('message 120 end');
  });

  it('says how far it lags, to which time it is complete, and how many lines are not shown and when', async () => {
    const sitting = new Sitting({ screen: { columns: 140, rows: 40 } });
    const source = sitting.watch.logs('charge-central', 'prod');
    source.set(logView(numbered(1, 20)));
    await sitting.sees(/live, lag 2s ─ .* ─ complete to 03:12:00/);
    const notShownIn = { from: EPOCH - 9_000, to: EPOCH - 6_000 };
    source.set({ ...logView(numbered(1, 20)), lagMs: 65_000, notShown: 8_120, notShownIn });
    await sitting.sees(
      /live, lag 1m05s ─ 8[, ]?120 lines not shown 03:11:51–03:11:53 ─ complete to 03:12:00/,
    );
  });

  it('jumps between errors', async () => {
    const { sitting } = withLogs();
    await sitting.press('4', '[');
    await sitting.sees('message 90 end');
    await sitting.press('[', '[', '[', '[', '[', '[', '[', '[');
    await sitting.sees('message 10 end');
    await sitting.press('[');
    await sitting.sees('No earlier error');
    await sitting.press(']');
    await sitting.sees('message 20 end');
  });

  it('stacks filters, inverts, and takes the last one away on Escape', async () => {
    const { sitting } = withLogs();
    await sitting.press('4', '/');
    await sitting.types('error');
    await sitting.press('Enter');
    await sitting.sees('message 10 end');
    expect(sitting.text).not.toContain('message 99 end');
    await sitting.press('/');
    await sitting.types('!message [0-9]*[1-9]0 end');
    await sitting.sees('/!message');
    await sitting.press('Enter');
    await sitting.seesNoMore('message 10 end');
    await sitting.sees('message 100 end');
    await sitting.press('Escape');
    await sitting.sees('message 10 end');
    expect(sitting.text).not.toContain('message 99 end');
    await sitting.press('X');
    await sitting.sees('message 99 end');
  });

  it('filters by what a line tells of itself', async () => {
    const { sitting } = withLogs();
    await sitting.press('4', '/');
    await sitting.types('!level=error');
    await sitting.press('Enter');
    await sitting.seesNoMore('message 10 end');
    await sitting.sees('message 99 end');
  });

  it('selects lines and copies them', async () => {
    const { sitting } = withLogs();
    await sitting.press('4', 'v', 'k', 'k', 'y');
    await sitting.sees('Copied');
    const copied = sitting.copied.at(-1)?.split('\n') ?? [];
    expect(copied.map((line) => /message \d+/.exec(line)?.[0])).toEqual([
      'message 98',
      'message 99',
      'message 100',
    ]);
  });

  it('shows its patterns, and filters to one of them', async () => {
    const { sitting } = withLogs();
    await sitting.press('4', 'P');
    await sitting.sees('message <*> end');
    await sitting.press('Enter');
    await sitting.sees('only ‹');
    await sitting.sees('message 100 end');
    await sitting.press('P', 'x', 'Escape');
    await sitting.seesNoMore('message 100 end');
  });

  it('wraps long lines', async () => {
    const { sitting } = withLogs();
    sitting.watch.logs('charge-central', 'prod').set(logView([logLine(1, `${'word '.repeat(60)}tail`)]));
    await sitting.sees('word word');
    expect(sitting.text).not.toContain('tail');
    await sitting.press('4', 'w');
    await sitting.sees('tail');
  });
});

describe('the fleet pane', () => {
  it('opens and closes instances', async () => {
    const { sitting } = withLogs();
    await sitting.press('3', 'j', 'l');
    await sitting.sees(/nginx +healthy/);
    await sitting.press('j', 'h');
    await sitting.seesNoMore('nginx              healthy');
  });

  it('says that a whole zone is in trouble, and so does the incident of a service in it', async () => {
    const { sitting } = withLogs();
    sitting.watch.zoneTrouble('prod').set({
      zone: 'eu-west-1b',
      unhealthy: 9,
      unhealthyInAll: 9,
      services: ['cart', 'charge-central', 'login'],
    });
    await sitting.sees('All 9 unhealthy instances are in eu-west-1b');
    await sitting.press('1', 'Enter');
    await sitting.sees(/zone +All 9 unhealthy/);
    sitting.watch.zoneTrouble('prod').set(null);
    await sitting.seesNoMore('eu-west-1b');
  });
});
