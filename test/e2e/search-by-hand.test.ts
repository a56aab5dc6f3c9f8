import { afterAll, beforeAll, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { splunkJobs } from '../support/splunk-jobs.ts';
import { Cockpit } from './cockpit.ts';

let practice: PracticeWorld;

beforeAll(async () => {
  practice = await PracticeWorld.start();
});

afterAll(async () => {
  await practice?.stop();
});

test('somebody searches by hand, mends what is refused, counts, goes back, and leaves nothing behind', async () => {
  const person = Cockpit.open({ config: practice.config });
  try {
    await person.sees(/2 triggered 1 acked/);
    await person.press('j', '4', 'i');
    await person.sees(/search index="app" service="charge-central"/);
    await person.types('level=error | delete');
    await person.press('Enter');
    await person.reads('Not run: “delete” deletes or writes data');
    for (const _ of '| delete') await person.press('Backspace');
    await person.types('| stats count by logger');
    await person.press('Enter');
    await person.sees(/4 Search ─ done ─ \d+ events/);
    await person.sees(/^ http\.errors +\d+ *$/m);
    await person.press('Escape');
    await person.sees(/4 Logs ─ charge-central ─ live/);

    await person.press('i', 'Up');
    await person.sees('stats count by logger');
    await person.press('Escape', 'I');
    await person.sees('Saved searches');
    await person.press('Enter');
    await person.sees(/4 Search ─ (queued|running|done)/);
    await person.press('Ctrl-C');
    expect(await person.left()).toMatchObject({ restored: true });
    expect(await splunkJobs(practice)).toEqual([]);
  } finally {
    await person.close();
  }
});
