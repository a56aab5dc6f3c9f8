import { afterEach, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Cockpit } from './cockpit.ts';
import { confirms, plansRollback, stackOf, timesSent } from './rolling-back.ts';

let practice: PracticeWorld;
let cockpit: Cockpit;

afterEach(async () => {
  await cockpit?.close();
  await practice?.stop();
});

/** Somebody in front of the cockpit who has begun to roll charge-central back to 1.0.282. */
async function rollingBack(...args: readonly string[]): Promise<void> {
  practice = await PracticeWorld.start(...args);
  cockpit = Cockpit.open({ config: practice.config });
  await plansRollback(cockpit);
  await confirms(cockpit);
}

const stack = () => stackOf(practice);
const sent = (operation: string) => timesSent(practice, operation);

test('a rollback is cancelled half-way: what served before stays', async () => {
  await rollingBack('--speed', '8');
  await cockpit.sees(/\d of 3 signals, at most until \d\d:\d\d UTC/);
  await cockpit.press('Escape');
  await cockpit.looksUp();

  await cockpit.press('b');
  await cockpit.reads(/begun by sam@harbour\.example from \S+ with oncall/);
  await cockpit.sees('watch it');
  await cockpit.types('cancel');
  await cockpit.seesNoMore('watch it');
  await cockpit.press('Enter');
  await cockpit.sees('1.0.282 goes, 1.0.283 stays');
  expect(await sent('CancelUpdateStack')).toBe(0);
  await confirms(cockpit);
  await cockpit.sees('Done: The update is cancelled: charge-central in prod stays at 1.0.283', 60_000);
  expect(await stack()).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    parameters: { ImageTag: '1.0.283' },
  });
  expect(await sent('ExecuteChangeSet')).toBe(1);
  expect(await sent('CancelUpdateStack')).toBe(1);

  // The stack is free again.
  await cockpit.press('Escape');
  await cockpit.looksUp();
  await cockpit.press('b');
  await cockpit.sees('which version');
}, 120_000);

test('the new image never signals: told as a failure with its reason, and the old group serves', async () => {
  await rollingBack('--speed', '60', '--scenario', 'broken-image');
  await cockpit.sees('Failed: CloudFormation took the update back, the old group still serves', 60_000);
  await cockpit.sees(/Failed to receive 3\s+│?\s*│?\s*resource signal/);
  await cockpit.sees(/AutoScalingGroup +UPDATE_FAILED/);
  await cockpit.sees(/1\.0\.283 +3\/3 InService/);
  expect(await stack()).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    parameters: { ImageTag: '1.0.283' },
  });
  // As it began and as it ended; what was taken back is no change to record.
  const note = 'POST /incidents/{id}/notes';
  expect(await practice.mutations('pagerduty')).toEqual([note, note]);
}, 120_000);

test('going back gets stuck: it is continued, and the stack is free again', async () => {
  await rollingBack('--speed', '60', '--scenario', 'stuck-rollback');
  await cockpit.sees('Failed: The stack is stuck in UPDATE_ROLLBACK_FAILED', 60_000);
  await cockpit.press('Escape');
  await cockpit.looksUp();

  await cockpit.press('b');
  await cockpit.sees('continue the rollback');
  await cockpit.press('Enter');
  await confirms(cockpit);
  await cockpit.sees('Done: The rollback went on to its end', 60_000);
  expect(await stack()).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await sent('ContinueUpdateRollback')).toBe(1);
}, 120_000);
