import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Cockpit } from './cockpit.ts';

const SPEED = '30';

let practice: PracticeWorld;
let cockpit: Cockpit;

beforeEach(async () => {
  practice = await PracticeWorld.start('--speed', SPEED);
});

afterEach(async () => {
  await cockpit?.close();
  await practice?.stop();
});

describe.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])('woken at 03:12, on a terminal of $columns×$rows', ({ columns, rows }) => {
  test('the bad deploy is seen, owned, rolled back, and the incident ends', async () => {
    cockpit = Cockpit.open({ config: practice.config, columns, rows });

    // See.
    await cockpit.sees('2 triggered 1 acked');
    await cockpit.sees('PRACTICE');
    await cockpit.press('j');
    await cockpit.sees(/▶ ● .*charge-central/);
    await cockpit.sees(/SUSPECT.*1\.0\.283/);

    // Read and look: the other panes follow the chosen incident.
    if (columns < 100) await cockpit.press('4');
    await cockpit.sees('NoMethodError');
    if (columns < 100) await cockpit.press('3');
    await cockpit.sees(/unhealthy|restarting/);
    await cockpit.press('1');

    // Own.
    await cockpit.press('a');
    await cockpit.sees('1 triggered 2 acked');
    expect((await practice.incident('charge-central')).status).toBe('acknowledged');

    // Somebody turns the laptop round, and back.
    cockpit.resize(70, 20);
    await cockpit.sees('charge-central');
    cockpit.resize(columns, rows);
    await cockpit.sees(/▶ ○ .*charge-central/);

    // Undo.
    await cockpit.press('b');
    await cockpit.sees('which version');
    await cockpit.press('Enter');
    await cockpit.sees('1.0.283 → 1.0.282');
    await cockpit.sees('Type charge-central to confirm');
    await cockpit.types('charge-central');
    await cockpit.press('Enter');
    await cockpit.sees('LaunchTemplate');
    await cockpit.sees('Done: charge-central in prod is back at 1.0.282', 60_000);
    // Every new instance was looked at, and the logs too.
    await cockpit.reads(
      '3 of 3 new instances are in service, healthy, also behind the load balancer, and run 1.0.282',
    );
    await cockpit.reads(/errors? .*before/i);
    const stack = (await practice.world()).stacks.find(({ name }) => name === 'charge-central');
    expect(stack).toMatchObject({ status: 'UPDATE_COMPLETE', parameters: { ImageTag: '1.0.282' } });
    expect((await practice.mutations('aws')).filter((name) => name === 'ExecuteChangeSet')).toHaveLength(1);

    // It heals: both incidents that the bad version caused end on their own.
    await cockpit.press('Escape');
    await cockpit.sees('0 triggered', 60_000);
    // Noted as it began and as it ended, and a change record.
    expect(await practice.mutations('pagerduty')).toEqual([
      'PUT /incidents',
      'POST /incidents/{id}/notes',
      'POST /incidents/{id}/notes',
      'POST /v2/change/enqueue',
    ]);

    await cockpit.press('q');
    expect(await cockpit.left()).toMatchObject({ exit: 0, restored: true });
  }, 180_000);
});

test('a wrong page goes to the squad it belongs to, once it is clear who will be paged', async () => {
  cockpit = Cockpit.open({ config: practice.config });
  await cockpit.sees(/▶ ● .*ledger-api/);

  await cockpit.press('r');
  await cockpit.sees('Identity');
  await cockpit.types('identity');
  await cockpit.press('Enter');
  await cockpit.sees('Nobody is on call at level 1 of Identity');
  await cockpit.sees('A check refuses this');
  await cockpit.press('Escape');
  await cockpit.seesNoMore('Identity');
  await cockpit.looksUp();
  expect(await practice.mutations('pagerduty')).toEqual([]);

  await cockpit.press('r');
  await cockpit.sees('Identity');
  await cockpit.types('bil');
  await cockpit.press('Enter');
  await cockpit.sees('Paged at once (level 1): Dora Lindqvist');
  await cockpit.press('Enter');
  await cockpit.sees('ledger-api: DLQ not empty is with Billing now; paged: Dora Lindqvist.');
  expect(await practice.mutations('pagerduty')).toEqual(['PUT /incidents']);
});

test('several are acknowledged at once, in one request, after one key', async () => {
  cockpit = Cockpit.open({ config: practice.config });
  await cockpit.sees('2 triggered 1 acked');
  await cockpit.press('Space', 'Space', 'a');
  await cockpit.sees('Acknowledge 2 incidents');
  await cockpit.press('Enter');
  await cockpit.sees('0 triggered 3 acked');
  expect(await practice.mutations('pagerduty')).toEqual(['PUT /incidents']);
});
