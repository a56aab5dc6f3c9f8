import { afterAll, beforeAll, expect, test } from 'vitest';
import { PracticeWorld } from '../../support/practice.ts';
import { Home, type Ran, runOncall } from '../../support/run-oncall.ts';

let world: PracticeWorld;
let home: Home;

beforeAll(async () => {
  home = new Home();
  world = await PracticeWorld.start();
});
afterAll(async () => {
  await world.stop();
  home.remove();
});

const signal = (...words: string[]): Promise<Ran> =>
  runOncall(['signal', ...words, '--config', world.config], home.env);

test('what oncall signals prints names a signal: it is acknowledged, once', async () => {
  const { stdout } = await runOncall(['signals', '--config', world.config], home.env);
  const [name = ''] = /nagios:charge-central-prod;HTTP/.exec(stdout) ?? [];
  expect(name).not.toBe('');
  expect(await signal('ack', name)).toMatchObject({
    exit: 0,
    stdout:
      'Now acknowledged by sam@harbour.example: charge-central: HTTP on charge-central-prod (nagios).\n',
  });
  expect(await signal('ack', name)).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^Already acknowledged .* Nothing sent\.\n$/),
  });
});

test('a downtime in production wants the service’s name', async () => {
  const wish = ['downtime', 'nagios:charge-central-prod;heartbeat', '30m'];
  const asked = await signal(...wish);
  expect(asked.exit).toBe(5);
  expect(asked.stderr).toContain(
    "signal downtime 'nagios:charge-central-prod;heartbeat' 30m --env prod --confirm charge-central",
  );
  expect(await signal(...wish, '--confirm', 'charge-central')).toMatchObject({ exit: 0 });
});

test('a ticket goes to a squad', async () => {
  expect(await signal('assign', 'zendesk:48220', 'ledger', '--yes')).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^ledger has it: /),
  });
});

test.each([
  [['ak', 'nagios:x'], 64, 'Did you mean ack?'],
  [['ack', 'nagos:x'], 64, 'Did you mean nagios?'],
  [['ack', '48220'], 64, 'write SYSTEM:ID as oncall signals prints it. Systems: '],
  [['downtime', 'nagios:x'], 64, 'downtime needs a length of time'],
  [['assign', 'zendesk:48220', 'leger'], 64, "there is no squad 'leger'. Did you mean ledger?"],
  [['ack', 'nagios:nothing'], 64, 'nagios tells of no signal nothing now'],
  [['ack', 'aws:prod/ledger-api-charges-dlq'], 64, 'cannot be acknowledged from here'],
])('%j: one line, exit %i', async (words, exit, says) => {
  const ran = await signal(...words);
  expect(ran).toMatchObject({ exit, stdout: '' });
  expect(ran.stderr).toContain(says);
  expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
});
