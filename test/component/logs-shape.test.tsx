import { describe, expect, it } from 'vitest';
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
          return [logLine(20, 'found in the span', 'error')];
        },
      },
    });
    sitting.watch.logs('charge-central', 'prod').set(logView(LINES));
    await sitting.sees('message 50 end');
    await sitting.press('4', 'V');
    await sitting.sees('░ others');
    await sitting.press('g');
    await sitting.sees('03:11:01–03:11:02');
    await sitting.press('v', ...'l'.repeat(20));
    await sitting.sees(/03:11:01–03:11:22 +1 error · 0 warnings · 20 other lines/);
    await sitting.press('Enter');
    await sitting.sees('found in the span');
    expect(asked).toMatchObject([
      { environment: 'prod', from: LINES[0]?.at, to: (LINES[20]?.at ?? 0) + 1_000 },
    ]);
    await sitting.press('Escape');
    await sitting.sees('message 50 end');
  });
});
