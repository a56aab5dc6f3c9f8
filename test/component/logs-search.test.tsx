import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import type { JobStep } from '../../src/model/ports/index.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { Sitting } from './sitting.tsx';
import { logLine, logView } from './story.ts';

const FOUND = [logLine(21, 'charge 41 refused'), logLine(22, 'charge 42 refused', 'error')];

function step(changes: Partial<JobStep> = {}): JobStep {
  return {
    state: 'running',
    progress: 0.42,
    events: 2,
    scanned: 90,
    found: { kind: 'lines', lines: FOUND, more: 0 },
    incomplete: null,
    ...changes,
  };
}

async function searching(text = ' refused'): Promise<Sitting> {
  const sitting = new Sitting();
  sitting.watch.logs('charge-central', 'prod').set(logView([logLine(1, 'Refreshed 51 keys')]));
  await sitting.press('4', 'i');
  await sitting.sees('search index=app service=charge-central');
  await sitting.types(text);
  await sitting.press('Enter');
  await sitting.until(() => sitting.jobs.jobs.length > 0, 'a job');
  return sitting;
}

describe('a search by hand', () => {
  it('goes on from the one that reads the service’s lines, and streams what it finds', async () => {
    const sitting = await searching('refused');
    const [job] = sitting.jobs.jobs;
    expect(job).toMatchObject({
      text: 'search index=app service=charge-central refused',
      time: { from: '-1h', to: 'now' },
    });
    await sitting.sees('asking…');
    job?.step(step());
    await sitting.sees(/4 Search ─ running 42% ─ 2 events of 90 read ─ last 1h ─/);
    await sitting.sees('charge 42 refused');
    await sitting.seesNoMore('Refreshed 51 keys');
    job?.step(step({ state: 'ended', progress: 1, found: { kind: 'lines', lines: FOUND, more: 1_204 } }));
    await sitting.sees(/done ─ 2 events/);
    await sitting.sees('These are the newest 2 lines; there are 1204 more.');
    await sitting.press('Escape');
    await sitting.sees('Refreshed 51 keys');
    expect(job?.told).toEqual(['cancel']);
  });

  it('rests, goes on, and ends early with what it found', async () => {
    const sitting = await searching();
    const [job] = sitting.jobs.jobs;
    job?.step(step());
    await sitting.sees('running 42%');
    await sitting.press('Space');
    job?.step(step({ state: 'paused' }));
    await sitting.sees('resting at 42%');
    await sitting.press('Space');
    job?.step(step());
    await sitting.sees('running 42%');
    await sitting.press('x');
    expect(job?.told).toEqual(['pause', 'resume', 'finish']);
    const early = new Failure('splunk', 'aborted', 'The search was ended early.');
    job?.step(step({ state: 'ended', incomplete: early }));
    await sitting.sees('The search was ended early.');
    await sitting.press('x');
    await sitting.sees('This search has ended; i writes another one');
  });

  it('is cancelled when the pane shows something else', async () => {
    const sitting = await searching();
    const [job] = sitting.jobs.jobs;
    job?.step(step());
    await sitting.sees('running 42%');
    await sitting.press('1', 'j');
    await sitting.until(() => job?.told.includes('cancel') === true, 'a cancelled job');
  });

  it('tells why it is not run, and keeps what was written', async () => {
    const sitting = new Sitting();
    sitting.jobs.refusal = 'Not run: “delete” changes or sends something.';
    await sitting.press('4', 'i');
    await sitting.sees('service=charge-central');
    await sitting.types('| delete');
    await sitting.press('Enter');
    await sitting.sees('Not run: “delete” changes or sends something.');
    await sitting.sees('charge-central | delete');
    await sitting.press('Backspace');
    await sitting.seesNoMore('Not run');
    await sitting.press('Escape');
    expect(sitting.jobs.jobs).toEqual([]);
    expect(sitting.searched).toEqual([]);
  });

  it('tells why it failed, and keeps what it had found', async () => {
    const sitting = await searching();
    const [job] = sitting.jobs.jobs;
    job?.step(step());
    await sitting.sees('charge 41 refused');
    job?.step(new Failure('splunk', 'not_found', 'Splunk no longer has this search: it expired.'));
    await sitting.sees('Splunk no longer has this search');
    await sitting.sees('charge 41 refused');
  });

  it('recalls earlier searches and the draft, and reads the time that Tab chooses', async () => {
    const sitting = new Sitting();
    sitting.searched.push('index=app one', 'index=app two');
    await sitting.press('4', 'i');
    await sitting.sees('service=charge-central');
    await sitting.press('Up', 'Up');
    await sitting.sees('index=app two');
    await sitting.press('Down', 'Down');
    await sitting.sees('service=charge-central');
    await sitting.press('Up', 'Tab', 'Enter');
    await sitting.until(() => sitting.jobs.jobs.length > 0, 'a job');
    expect(sitting.jobs.jobs[0]).toMatchObject({ text: 'index=app one', time: { from: '-4h' } });
  });

  it('is run by name, and what it makes of lines is a table', async () => {
    const sitting = new Sitting();
    await sitting.press(':');
    await sitting.types('search index=app | stats count by status');
    await sitting.press('Enter');
    await sitting.until(() => sitting.jobs.jobs.length > 0, 'a job');
    const rows = Array.from({ length: 60 }, (_, row) => [
      safeText(`status ${row}`),
      safeText(String(row * 7)),
    ]);
    const columns = [safeText('status'), safeText('count')];
    sitting.jobs.jobs[0]?.step(step({ state: 'ended', found: { kind: 'table', columns, rows, more: 12 } }));
    await sitting.sees(/Search ─ .*done/);
    await sitting.sees('These are the first 60 rows; there are 12 more.');
    await sitting.sees(/^ status +count *$/m);
    await sitting.sees(/status 1 +7 *$/m);
    await sitting.press('G', 'y');
    await sitting.sees('status 59');
    expect(sitting.copied).toEqual(['status 59\t413']);
    await sitting.press('Escape');
    await sitting.sees(/4 Logs ─ charge-central/);
  });

  it('may be one that the log system keeps, over the time that it was kept with', async () => {
    const sitting = new Sitting();
    sitting.jobs.list = [
      {
        name: safeText('Refused charges'),
        text: safeText('index=app refused'),
        time: { from: '-2d', to: '-1d' },
      },
    ];
    await sitting.press('4', 'I');
    await sitting.sees(/Refused charges +-2d to -1d/);
    await sitting.press('Enter');
    await sitting.until(() => sitting.jobs.jobs.length > 0, 'a job');
    expect(sitting.jobs.jobs[0]).toMatchObject({
      text: 'index=app refused',
      time: { from: '-2d', to: '-1d' },
    });
    await sitting.sees('Refused charges, -2d to -1d');
  });
});
