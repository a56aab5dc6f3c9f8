import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/model/instant.ts';
import type { LogSearch } from '../../src/model/ports/index.ts';
import { Sitting } from './sitting.tsx';
import { logLine, logView } from './story.ts';

const LINES = Array.from({ length: 50 }, (_, index) =>
  logLine(index + 1, `message ${index + 1} end`, index === 19 ? 'error' : 'info'),
);

describe('the shape of the log', () => {
  it('searches the span that was chosen on it, and goes back to the live log', async () => {
    const asked: Parameters<LogSearch['search']>[0][] = [];
    const sitting = new Sitting({
      search: {
        search: async (query) => {
          asked.push(query);
          return { lines: [logLine(20, 'found in the span', 'error')], incomplete: null };
        },
      },
    });
    sitting.watch.logs('charge-central', 'prod').set(logView(LINES));
    await sitting.sees('message 50 end');
    await sitting.press('4', 'V');
    await sitting.sees('░ others');
    await sitting.press(...'hhhh');
    await sitting.press('v', ...'l'.repeat(2));
    await sitting.sees(/03:11:00–03:11:45 +1 error · 0 warnings · 43 other lines/);
    await sitting.press('Enter');
    await sitting.sees('found in the span');
    expect(asked).toMatchObject([
      {
        environment: 'prod',
        from: Date.parse('2026-11-17T03:11:00Z'),
        to: Date.parse('2026-11-17T03:11:45Z'),
      },
    ]);
    await sitting.press('Escape');
    await sitting.sees('message 50 end');
  });

  it('shows what the log system counted of the time before the lines that are kept, and says so', async () => {
    const sitting = new Sitting();
    const { watch } = sitting;
    watch.logs('charge-central', 'prod').set(logView(LINES));
    await sitting.press('4', 'V');
    // Two minutes before the suspected deploy began.
    const from = Date.parse('2026-11-17T02:54:00Z');
    await sitting.sees('reading what was before 03:11…');
    const bucketMs = 15 * SECOND;
    watch.logShape('charge-central', 'prod', from, bucketMs).set({
      from,
      bucketMs,
      buckets: [{ info: 40, error: 2 }, { info: 3 }],
      incomplete: null,
    });
    await sitting.sees('until 03:11 counted by splunk');
    await sitting.press('g');
    await sitting.sees(/02:54:00–02:54:15 +2 errors · 0 warnings · 40 other lines/);
    await sitting.sees(/D 1\.0\.283 .*! incident/);
  });
});
