import { logLines } from '../../src/cockpit/panes/log-lines.ts';
import { logRowForm } from '../../src/cockpit/panes/log-row-form.ts';
import { initialView } from '../../src/cockpit/stores/view.ts';
import { localNow, SECOND } from '../../src/model/instant.ts';
import type { LogSearch } from '../../src/model/ports/index.ts';
import { openLogSearch } from '../../src/systems/splunk/index.ts';
import { openWatch } from '../../src/watch/follow.ts';
import type { LogView } from '../../src/watch/types.ts';
import { floodText } from '../soak/flood-lines.ts';
import { Splunkd, splunkOnly } from '../support/splunkd.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { fakeSystems } from '../unit/watch/fakes.ts';
import { type Figure, figure, median } from './figure.ts';

const RATE = 1_000;
const BATCH = 5_000;
const EVENTS = 60_000;

/**
 * Events a second from the bytes of Splunk's results pages to rows of the log pane, patterns counted; beside it plain
 * `JSON.parse` of the same pages. Making the pages is not in it.
 */
export async function measureEvents(rounds: number): Promise<Figure> {
  const ready: number[] = [];
  const parsed: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const { ms, pages } = await ingested();
    if (round === 0) continue; // warms the compiler
    const start = performance.now();
    for (const page of pages) JSON.parse(page);
    parsed.push((EVENTS * 1_000) / (performance.now() - start));
    ready.push((EVENTS * 1_000) / ms);
  }
  return figure('ingest.events', 'events/s', median(ready), median(parsed), rounds);
}

async function ingested(): Promise<{ readonly ms: number; readonly pages: readonly string[] }> {
  using time = new VirtualTime();
  const since = Math.floor(localNow() / SECOND) * SECOND - (2 * BATCH * SECOND) / RATE;
  const splunkd = new Splunkd({ rate: RATE, since, searchMs: 0, raw: floodText });
  const pages: string[] = [];
  let making = 0;
  const transport = splunkd.transport();
  const loaded = splunkOnly();
  const adapter = openLogSearch({
    loaded,
    transport: {
      ...transport,
      async request(request) {
        const from = time.real();
        const answer = await splunkd.request(request);
        if (/\/results\b/.test(request.url)) pages.push(answer.body.toString());
        making += time.real() - from;
        return answer;
      },
    },
  });
  const watch = openWatch(
    fakeSystems({ logSearch: { tail: (query) => batches(adapter, query) } }),
    loaded.catalog,
  );
  const logs = watch.logs('charge-central', 'prod');
  const leave = logs.subscribe(() => shown(logs.get().value));
  const start = time.real();
  await time.until(() => (logs.get().value?.total ?? 0) >= EVENTS);
  logs.get().value?.patterns();
  const ms = time.real() - start - making;
  leave();
  await watch.stop();
  return { ms, pages };
}

/** Every batch is new: as much time passes as it takes to write one. */
async function* batches(
  adapter: LogSearch,
  query: Parameters<LogSearch['tail']>[0],
): ReturnType<LogSearch['tail']> {
  for (;;) {
    const { lines } = await adapter.search(query, BATCH);
    const systemNow = localNow();
    yield { kind: 'batch', batch: { lines, completeTo: systemNow, notShown: 0 }, systemNow };
    await new Promise((done) => setTimeout(done, (BATCH * SECOND) / RATE));
  }
}

/** What the pane makes of it. */
function shown(view: LogView | null): number {
  const lines = view?.lines ?? [];
  const form = logRowForm(initialView('prod'), lines);
  return logLines({
    ...form,
    services: null,
    lines,
    marks: new Map(),
    anchor: null,
    width: 120,
    height: 30,
    focused: true,
  }).length;
}
