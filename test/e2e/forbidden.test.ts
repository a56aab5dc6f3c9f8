import { afterEach, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Cockpit } from './cockpit.ts';
import { confirms, plansRollback, timesSent } from './rolling-back.ts';

let practice: PracticeWorld;
let cockpit: Cockpit;

afterEach(async () => {
  await cockpit?.close();
  await practice?.stop();
});

test('what a system forbade is off from then on, with the reason', async () => {
  practice = await PracticeWorld.start();
  await practice.fault({
    system: 'aws',
    match: { operation: 'ExecuteChangeSet' },
    fault: 'status',
    status: 403,
  });
  cockpit = Cockpit.open({ config: practice.config });
  await plansRollback(cockpit);
  await confirms(cockpit);
  await cockpit.reads('Refused: Not allowed: your role lacks cloudformation:ExecuteChangeSet.');
  await cockpit.reads('Nothing was changed.');
  await cockpit.press('Escape');
  await cockpit.looksUp();

  await cockpit.press('b');
  await cockpit.sees(
    'Off, since aws forbade it: Not allowed: your role lacks cloudformation:ExecuteChangeSet',
  );
  expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(1);

  // Nothing else is off for it.
  await cockpit.press('a');
  await cockpit.sees('1 triggered 2 acked');
});
