import { beforeEach, expect, test } from 'vitest';
import { Stage } from './stage.ts';

const SERVICE = { service: 'charge-central', environment: 'prod' };
const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});

const plan = (to: string) => stage.actions.plan({ action: 'rollback', ...SERVICE, to });
const checkOf = (made: Awaited<ReturnType<typeof plan>>) => made.checks.find(({ id }) => id === 'migrations');

test('the plan says what it undoes; no migration lies in it', async () => {
  const made = await plan('1.0.282');
  expect(made.lines).toContain(
    'It undoes 6 commits by 3 people, 2 pull requests, 9 files: #1412 Read the amount of a charge as Money, not as a number; #1409 Ask the fraud check a second time when it times out.',
  );
  expect(checkOf(made)).toMatchObject({ result: 'pass' });
  expect(made.checks.filter(({ result }) => result === 'warn')).toEqual([]);
});

test('a migration in it is named, with its files', async () => {
  const made = await plan('1.0.280');
  expect(made.lines.join(' ')).toMatch(/It touches db\/migrate\/\d+_\w+\.rb and db\/schema\.rb\./);
  expect(checkOf(made)).toMatchObject({
    result: 'warn',
    text: expect.stringMatching(
      /oncall\.database is 15 in 1\.0\.283, 14 in 1\.0\.280; db\/migrate\/\S+, db\/schema\.rb changed/,
    ),
  });
});

test('GitHub is down: the plan says so and stands', async () => {
  await stage.fault('github', COMPARE, 'hang', 3);
  const made = await plan('1.0.282');
  expect(made.lines.join(' ')).toContain(
    'What lies between 1.0.282 and 1.0.283 could not be read from GitHub: no answer within',
  );
  expect(made.checks.filter(({ result }) => result === 'warn' || result === 'block')).toEqual([]);
});

test('a version that is not tagged costs the line alone', async () => {
  const { commits } = stage.practice.world.state;
  for (const [index, one] of commits.entries()) {
    if (one.service === 'charge-central' && one.version === '1.0.282')
      commits[index] = { ...one, version: 'lost' };
  }
  const made = await plan('1.0.282');
  expect(made.lines.join(' ')).toContain('harbour/charge-central has no v1.0.282');
  expect(made.checks.filter(({ result }) => result === 'warn' || result === 'block')).toEqual([]);
});
