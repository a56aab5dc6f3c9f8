import { describe, expect, it } from 'vitest';
import { LivePatterns } from '../../src/insight/patterns/live.ts';
import { Failure } from '../../src/model/failure.ts';
import { type Instant, MINUTE } from '../../src/model/instant.ts';
import type { LogPattern } from '../../src/model/log-counts.ts';
import { fixedLines } from '../../src/model/log-lines.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, logLine, logView } from './story.ts';

const BEGUN = Date.parse('2026-11-17T02:56:17Z');
const USUAL = Array.from({ length: 30 }, (_, index) => logLine(index + 1, `Refreshed ${index} keys`));
const BROKEN = [
  logLine(35, "NoMethodError: undefined method `cents' for nil:NilClass", 'error'),
  logLine(36, "NoMethodError: undefined method `cents' for nil:NilClass", 'error'),
];

function told(text: string, count: number, firstAt: Instant): LogPattern {
  const names = { versions: null, instances: null };
  return { sample: null, text: safeText(text), level: 'error', count, firstAt, lastAt: EPOCH, ...names };
}

function before(sitting: Sitting): void {
  const patterns = new LivePatterns();
  for (const line of USUAL) patterns.add({ ...line, at: line.at - 20 * MINUTE });
  sitting.watch
    .logsBefore('charge-central', 'prod', BEGUN)
    .set({ patterns: patterns.patterns(), from: BEGUN - 15 * MINUTE, to: BEGUN });
}

async function opened(): Promise<Sitting> {
  const sitting = new Sitting();
  sitting.watch.logs('charge-central', 'prod').set(logView([...USUAL, ...BROKEN]));
  await sitting.press('4', 'P');
  await sitting.sees('reading what was said before 1.0.283');
  before(sitting);
  await sitting.sees(/NEW +2 .*NoMethodError/);
  return sitting;
}

describe('the patterns of the log', () => {
  it('put what is new first once the time before is known, and keep their rows from then on', async () => {
    const sitting = await opened();
    const row = sitting.rowOf('NEW');
    expect(sitting.rowOf('30 ')).toBeGreaterThan(row);
    await sitting.sees(/began 03:11:35, 9m35s after 1\.0\.283 landed, 3m35s after the incident/);
    const fresh = logLine(40, 'Payment provider refused the card', 'error');
    sitting.watch.logs('charge-central', 'prod').set(logView([...USUAL, ...BROKEN, fresh]));
    await sitting.sees('1 new ↑');
    expect(sitting.rowOf('NEW')).toBe(row);
    await sitting.press('k');
    await sitting.sees('Payment provider');
  });

  it('filter the log to one, and hide one until it is asked for again', async () => {
    const sitting = await opened();
    await sitting.press('x');
    await sitting.sees('hidden in the log; x again shows them');
    await sitting.press('P');
    await sitting.seesNoMore('undefined method');
    await sitting.press('P', 'x');
    await sitting.sees('shown in the log again');
    await sitting.press('Enter');
    await sitting.sees('only ‹NoMethodError');
    await sitting.seesNoMore('Refreshed 29 keys');
  });

  it('begin a note on the incident, with when it began', async () => {
    const sitting = await opened();
    await sitting.press('n');
    await sitting.sees('New in the log: NoMethodError');
    await sitting.sees('began 03:11:35');
  });

  it('are counted by the log system where not all lines came, and begin when it says', async () => {
    const sitting = await opened();
    const counted = sitting.watch.logPatterns('charge-central', 'prod', BEGUN);
    await sitting.sees('Splunk is counting…');
    counted.set({
      patterns: [told("NoMethodError: undefined method `cents' for nil:NilClass", 1_200, BEGUN + 7 * MINUTE)],
      cut: false,
      incomplete: null,
      from: BEGUN,
      to: EPOCH,
    });
    await sitting.sees(/NEW +1200 .*NoMethodError/);
    await sitting.sees(/counted by Splunk: 1\.2 k lines in 16 min/);
    await sitting.sees('began 03:03:17');
    counted.fail(new Failure('splunk', 'rate_limited', 'Splunk runs 3 of 3 searches.'));
    await sitting.sees('1.2 k lines');
  });

  it('are of the lines that came while the log system does not count', async () => {
    const sitting = await opened();
    sitting.watch
      .logPatterns('charge-central', 'prod', BEGUN)
      .fail(new Failure('splunk', 'rate_limited', 'Splunk runs 3 of 3 searches.'));
    await sitting.sees('Splunk did not count: Splunk runs 3 of 3 searches.');
    await sitting.sees(/NEW +2 .*NoMethodError/);
  });

  it('are of all lines, whatever the filters', async () => {
    const sitting = await opened();
    await sitting.press('P', '/', ...'Refreshed', 'Enter', 'P');
    await sitting.sees('of all lines, filters aside');
    await sitting.sees(/NEW +2 .*NoMethodError/);
  });

  it('without an incident are judged against the newest deploy', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set([]);
    const sitting = new Sitting({ watch });
    watch.logs('charge-central', 'prod').set(logView([...USUAL, ...BROKEN]));
    await sitting.press(':', ...'charge-central', 'Enter', '4', 'P');
    await sitting.sees('reading what was said before 1.0.283');
    before(sitting);
    await sitting.sees(/NEW +2 .*NoMethodError/);
    await sitting.sees(/began 03:11:35, 9m35s after 1\.0\.283 landed(?!,)/);
  });

  it('of lines around one line are those of these lines alone', async () => {
    const sitting = await opened();
    const lines = fixedLines([...USUAL.slice(0, 3), ...BROKEN]);
    sitting.cockpit.view.update((view) => ({
      ...view,
      logs: { ...view.logs, show: 'lines', held: { kind: 'context', lines, parts: [] } },
    }));
    await sitting.press('P');
    await sitting.sees('of the 5 lines shown here');
    await sitting.sees(/ 3 .*Refreshed <\*> keys/);
    await sitting.seesNoMore('NEW');
  });

  it('say what could not be read, and call nothing new then', async () => {
    const sitting = new Sitting();
    sitting.watch.logs('charge-central', 'prod').set(logView([...USUAL, ...BROKEN]), EPOCH);
    sitting.watch
      .logsBefore('charge-central', 'prod', BEGUN)
      .fail(new Failure('splunk', 'timeout', 'Splunk does not answer.'));
    await sitting.press('4', 'P');
    await sitting.sees('nothing can be called new: splunk: Splunk does not answer.');
  });
});
