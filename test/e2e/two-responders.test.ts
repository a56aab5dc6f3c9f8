import { afterEach, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Cockpit } from './cockpit.ts';
import { confirms, plansRollback, stackOf, timesSent } from './rolling-back.ts';

/** Who, from which machine, what, and how far it is. */
const FIRST =
  /begun by sam@harbour\.example from \S+ with oncall, 1\.0\.283 → 1\.0\.282\. So far: \S+ [A-Z_]+ at \d\d:\d\d UTC/;

let practice: PracticeWorld;
const people: Cockpit[] = [];

afterEach(async () => {
  for (const cockpit of people.splice(0)) await cockpit.close();
  await practice?.stop();
});

/** Somebody with a terminal and a home of their own. */
function sits(who: string): Cockpit {
  const email = `${who}@harbour.example`;
  const cockpit = Cockpit.open({ config: practice.config, env: { ONCALL_USER_EMAIL: email } });
  people.push(cockpit);
  return cockpit;
}

test('two roll back at once: the second is refused, and told who is first', async () => {
  practice = await PracticeWorld.start();
  const [sam, dora] = [sits('sam'), sits('dora')];
  await plansRollback(sam);
  await plansRollback(dora);

  await confirms(sam);
  await sam.sees(/LaunchTemplate +UPDATE/);
  const noted = async () => (await practice.mutations('pagerduty')).includes('POST /incidents/{id}/notes');
  await expect.poll(noted, { timeout: 10_000 }).toBe(true);

  // Her plan is from before he confirmed.
  await confirms(dora);
  await dora.reads(FIRST);
  await dora.reads('It moved since the plan: nothing was sent; plan anew.');
  await dora.press('Escape');
  await dora.looksUp();

  // So is what she is offered now: not to watch, it is not in her journal.
  await dora.press('b');
  await dora.sees('charge-central in prod cannot be rolled back now');
  await dora.reads(FIRST);
  await dora.sees('cancel the update');
  await dora.seesNoMore('watch it');
  await dora.press('Escape');

  await practice.advance(600);
  await sam.sees('Done: charge-central in prod is back at 1.0.282', 60_000);
  expect(await stackOf(practice)).toMatchObject({
    status: 'UPDATE_COMPLETE',
    parameters: { ImageTag: '1.0.282' },
  });
  expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(1);
  expect(await timesSent(practice, 'CancelUpdateStack')).toBe(0);
}, 120_000);

test('the stack moved between plan and name: refused, nothing sent, to be planned anew', async () => {
  practice = await PracticeWorld.start();
  const sam = sits('sam');
  await plansRollback(sam);
  await practice.event({ kind: 'deploy', service: 'charge-central', version: '1.0.282', who: 'dora' });
  await confirms(sam);
  await sam.reads('It moved since the plan: nothing was sent; plan anew.');
  expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(0);
  await sam.press('Escape');
  await sam.looksUp();
  await sam.press('b');
  await sam.sees('charge-central (prod) is UPDATE_IN_PROGRESS since');
}, 60_000);
