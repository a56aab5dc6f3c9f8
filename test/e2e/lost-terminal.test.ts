import { afterEach, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { Cockpit } from './cockpit.ts';
import { confirms, plansRollback, stackOf, timesSent } from './rolling-back.ts';

let practice: PracticeWorld;
let home: Home;
let cockpit: Cockpit;

afterEach(async () => {
  await cockpit?.close();
  home?.remove();
  await practice?.stop();
});

async function begins(): Promise<void> {
  practice = await PracticeWorld.start();
  home = new Home();
  cockpit = Cockpit.open({ config: practice.config, home });
  await plansRollback(cockpit);
}

/** The next session knows what was left, and follows it to its end; nothing was sent twice. */
async function nextSessionFollows(): Promise<void> {
  cockpit = Cockpit.open({ config: practice.config, home });
  await cockpit.sees('Left unfinished by an earlier session');
  await cockpit.sees('Watch the rollback of charge-central');
  await cockpit.press('Enter');
  await cockpit.sees(/LaunchTemplate +UPDATE/);
  await practice.advance(600);
  await cockpit.sees('Done: charge-central in prod is back at 1.0.282', 60_000);
  expect(await stackOf(practice)).toMatchObject({
    status: 'UPDATE_COMPLETE',
    parameters: { ImageTag: '1.0.282' },
  });
  expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(1);
  expect(await timesSent(practice, 'CancelUpdateStack')).toBe(0);
  await cockpit.press('Escape');
  await cockpit.sees('1 Incidents');
  await cockpit.press('q');
  expect(await cockpit.left()).toMatchObject({ exit: 0 });

  // Then nothing is left to take up.
  expect(await oncall('attach')).toMatchObject({ exit: 0, stdout: 'Nothing is under way.\n' });
}

function oncall(...words: readonly string[]) {
  return runOncall([...words, '--config', practice.config], home.env);
}

test('killed in the middle of a rollback: it goes on, and the next session watches it to its end', async () => {
  await begins();
  await confirms(cockpit);
  await cockpit.sees(/LaunchTemplate +UPDATE/);
  await cockpit.killed();
  expect(await stackOf(practice)).toMatchObject({ status: 'UPDATE_IN_PROGRESS' });
  await nextSessionFollows();
}, 120_000);

test('killed while the request is under way: the next session reads that it was taken', async () => {
  await begins();
  await practice.fault({
    system: 'aws',
    match: { operation: 'ExecuteChangeSet' },
    fault: 'delay',
    ms: 1_000,
  });
  await confirms(cockpit);
  await expect.poll(() => timesSent(practice, 'ExecuteChangeSet'), { timeout: 10_000 }).toBe(1);
  await cockpit.killed();
  await nextSessionFollows();
}, 120_000);

test('killed before anything was sent: known as planned only, and not offered', async () => {
  await begins();
  // The last reading before the send gets no answer.
  await practice.fault({ system: 'aws', match: { operation: 'DescribeStacks' }, fault: 'hang', times: 100 });
  await confirms(cockpit);
  const intents = async () => JSON.parse((await oncall('journal', '--json')).stdout).intents;
  await expect.poll(intents, { timeout: 10_000 }).toEqual([expect.objectContaining({ state: 'planned' })]);
  await cockpit.killed();

  const [{ id }] = await intents();
  expect(await oncall('attach')).toMatchObject({ exit: 0, stdout: 'Nothing is under way.\n' });
  expect(await oncall('attach', id)).toMatchObject({
    exit: 4,
    stderr: 'oncall: refused: It was planned only: nothing was ever sent.\n',
  });
  expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(0);
  cockpit = Cockpit.open({ config: practice.config, home });
  await cockpit.sees(/\d triggered/);
  await cockpit.seesNoMore('Left unfinished');
}, 60_000);
