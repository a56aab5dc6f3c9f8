import { afterEach, describe, expect, test } from 'vitest';
import { Cockpit } from '../e2e/cockpit.ts';
import { confirms, plansRollback, stackOf, timesSent } from '../e2e/rolling-back.ts';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { Link } from './link.ts';
import { missingRealParts, output, until } from './programs.ts';
import { type SshHosts, startSshHosts } from './sshd.ts';

const missing = missingRealParts('ssh');
if (missing !== null) console.warn(`The story of a dropped SSH session is left out: ${missing}`);

describe.runIf(missing === null)('through a real sshd', () => {
  let practice: PracticeWorld;
  let hosts: SshHosts;
  let link: Link;
  let home: Home;
  const sessions: Cockpit[] = [];

  afterEach(async () => {
    await link?.stop();
    for (const session of sessions.splice(0)) await session.close();
    await hosts?.stop();
    await practice?.stop();
    home?.remove();
  });

  /** `oncall` in a new SSH session with the host, over that port. */
  function logsIn(port: number): Cockpit {
    const way = ['-o', `Port=${port}`, '-o', `HostKeyAlias=[127.0.0.1]:${hosts.port}`];
    const through = ['ssh', '-F', hosts.config, ...way, '-tt', hosts.address];
    const session = Cockpit.open({ config: practice.config, home, through });
    sessions.push(session);
    return session;
  }

  /** Everything that runs with this practice world's configuration, but for the ssh clients. */
  async function running(): Promise<readonly string[]> {
    const lines = (await output('ps', '-ww', '-eo', 'args')).split('\n');
    return lines.filter((line) => line.includes(practice.config) && !/^(ssh|\S*sh -c) /.test(line));
  }

  test('the SSH session drops in the middle of a rollback: it goes on, and the next one attaches', async () => {
    practice = await PracticeWorld.start();
    hosts = await startSshHosts({ forwarding: false, dockerSocket: '/nowhere', aliveSeconds: 1 });
    link = await Link.to(hosts.port);
    home = new Home();

    const first = logsIn(link.port);
    await plansRollback(first);
    await confirms(first);
    await first.sees(/LaunchTemplate +UPDATE/);
    expect(await running()).toHaveLength(1);

    link.goDead();
    await until('the cockpit to go away with its session', async () => (await running()).length === 0, {
      told: hosts.log,
    });
    expect(await stackOf(practice)).toMatchObject({ status: 'UPDATE_IN_PROGRESS' });

    const next = logsIn(hosts.port);
    await next.sees('Left unfinished by an earlier session');
    await next.sees('Watch the rollback of charge-central');
    await next.press('Enter');
    await next.sees(/LaunchTemplate +UPDATE/);
    await practice.advance(600);
    await next.sees('Done: charge-central in prod is back at 1.0.282', 60_000);
    await next.press('Escape', 'q');
    expect(await next.left()).toMatchObject({ exit: 0, restored: true });

    expect(await stackOf(practice)).toMatchObject({
      status: 'UPDATE_COMPLETE',
      parameters: { ImageTag: '1.0.282' },
    });
    expect(await timesSent(practice, 'ExecuteChangeSet')).toBe(1);
    expect(await timesSent(practice, 'CancelUpdateStack')).toBe(0);
    const journal = await runOncall(['journal', '--json', '--config', practice.config], home.env);
    expect(JSON.parse(journal.stdout).intents).toEqual([
      expect.objectContaining({
        action: 'rollback',
        state: 'confirmed',
        origin: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 ${hosts.port}$`)),
      }),
    ]);
  }, 120_000);
});
