import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { toCatalog } from '../../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../../src/config/schema.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { githubServer } from '../../../src/practice/servers/github/index.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { type Practised, practise } from '../practised.ts';

const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';
const PULLS = 'GET /repos/{owner}/{repo}/commits/{sha}/pulls';

let practised: Practised;
beforeEach(async () => {
  practised = await practise(githubServer(), { token: SECRETS.github.token });
});
afterEach(() => practised[Symbol.asyncDispose]());

async function changes(from: string, to: string, service = 'charge-central') {
  return (await practised.systems.compare()).changes(practised.service(service), from, to);
}

/** What the world says went out with the versions behind `from`, up to `to`; newest first. */
function truth(from: string, to: string, service = 'charge-central') {
  const commits = practised.world.state.commits.filter((one) => one.service === service);
  const end = (version: string) => commits.findLastIndex((one) => one.version === version);
  return commits.slice(end(from) + 1, end(to) + 1).toReversed();
}

const versions = (service: string) =>
  practised.world.state.images
    .filter(({ repository }) => repository === service)
    .toSorted((one, other) => one.pushedAt - other.pushedAt)
    .map(({ tag }) => tag);

describe('what changed between two versions', () => {
  test('the bad deploy: commits, who wrote them, their pull requests and files', async () => {
    const found = await changes('1.0.282', '1.0.283');
    expect(found).toMatchObject({
      repository: 'harbour/charge-central',
      from: '1.0.282',
      to: '1.0.283',
      ahead: 6,
      behind: 0,
      complete: true,
      filesComplete: true,
      migrations: [],
      url: 'https://github.harbour.example/harbour/charge-central/compare/v1.0.282...v1.0.283',
    });
    expect(found.commits.map(({ sha }) => sha)).toEqual(truth('1.0.282', '1.0.283').map(({ sha }) => sha));
    expect(found.commits[1]).toMatchObject({
      author: 'dora',
      title: 'Read the amount of a charge as Money, not as a number (#1412)',
      pullRequest: 1412,
    });
    expect(found.pullRequests).toEqual([
      {
        number: 1412,
        title: 'Read the amount of a charge as Money, not as a number',
        author: 'dora',
        url: 'https://github.harbour.example/harbour/charge-central/pull/1412',
      },
      {
        number: 1409,
        title: 'Ask the fraud check a second time when it times out',
        author: 'anya',
        url: 'https://github.harbour.example/harbour/charge-central/pull/1409',
      },
    ]);
    // The commits of a merge are those of its pull request; a push to main has none.
    expect(found.commits.map(({ pullRequest }) => pullRequest)).toEqual([null, 1412, null, 1409, 1409, 1409]);
    expect(found.files.map(({ path }) => path)).toContain('app/models/charge.rb');
    // Only the two that name no pull request were asked about.
    expect(practised.operations()).toEqual([COMPARE, PULLS, PULLS]);
  });

  test('a migration is spotted by its path, where the labels of the images say that one lies', async () => {
    const { migrations } = await changes('1.0.280', '1.0.281');
    expect(migrations).toEqual([expect.stringMatching(/^db\/migrate\/\d+_\w+\.rb$/), 'db/schema.rb']);
    expect((await changes('1.0.281', '1.0.282')).migrations).toEqual([]);
  });

  test('a history of several pages is read whole, once each, its files from the first page', async () => {
    const [oldest = '', ...rest] = versions('charge-central');
    const newest = rest.at(-1) ?? '';
    const all = truth(oldest, newest);
    expect(all.length).toBeGreaterThan(100);
    const found = await changes(oldest, newest);
    expect(found.commits.map(({ sha }) => sha)).toEqual(all.map(({ sha }) => sha));
    expect(found).toMatchObject({ ahead: all.length, complete: true });
    expect(found.files.length).toBeGreaterThan(50);
    const asked = practised.operations();
    expect(asked.filter((operation) => operation === COMPARE)).toHaveLength(Math.ceil(all.length / 100));
    expect(asked.filter((operation) => operation === PULLS).length).toBeLessThanOrEqual(10);
  });

  test('given the other way round, nothing is ahead', async () => {
    expect(await changes('1.0.283', '1.0.282')).toMatchObject({
      ahead: 0,
      behind: 6,
      commits: [],
      files: [],
    });
  });

  test('a pull request that no message names is asked for', async () => {
    const { commits } = practised.world.state;
    const rebased = commits.find(
      ({ service, version, message, pullRequest, parents }) =>
        pullRequest !== null &&
        parents.length === 1 &&
        !/#\d/.test(message) &&
        versions(service).indexOf(version) > 0 &&
        !commits.some((one) => one.pullRequest?.number === pullRequest.number && /#\d/.test(one.message)),
    );
    if (rebased === undefined) throw new Error('nothing was ever rebased');
    const { service, version, pullRequest } = rebased;
    const before = versions(service)[versions(service).indexOf(version) - 1] ?? '';
    const found = await changes(before, version, service);
    expect(found.commits.find(({ sha }) => sha === rebased.sha)?.pullRequest).toBe(pullRequest?.number);
    expect(found.pullRequests).toContainEqual(expect.objectContaining({ title: pullRequest?.title }));
  });
});

describe('what cannot be compared', () => {
  test('a version that is not tagged is named', async () => {
    await expect(changes('1.0.282', '9.9.9')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('harbour/charge-central has no v9.9.9'),
    });
  });

  /** What is answered where the service's `repo` is another, or lacks. */
  async function withRepo(repo: string | undefined) {
    const config = structuredClone(practised.loaded.config);
    const service = config.services['charge-central'];
    if (service === undefined) throw new Error('no service');
    service.repo = repo;
    const systems = openSystems({ ...practised.loaded, config });
    onTestFinished(() => systems.close());
    return (await systems.compare()).changes(practised.service('charge-central'), '1.0.282', '1.0.283');
  }

  test('a repository that is hidden, or not there', async () => {
    await expect(withRepo('harbour/nothing')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('GitHub shows no repository harbour/nothing'),
    });
  });

  test('a service without a repository says which key lacks', async () => {
    await expect(withRepo(undefined)).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('services.charge-central.repo'),
    });
    expect(practised.operations()).toEqual([]);
  });

  test('a version that would compare something else is refused unsent', async () => {
    await expect(changes('1.0.282...main', '1.0.283')).rejects.toMatchObject({ code: 'invalid' });
    expect(practised.operations()).toEqual([]);
  });
});

describe('faults', () => {
  test('an expired token is said', async () => {
    practised.fault(COMPARE, { fault: 'status', status: 401 }, 2);
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('systems.github.token'),
    });
  });

  test('an error in its words', async () => {
    practised.fault(COMPARE, { fault: 'status', status: 422 });
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({
      code: 'invalid',
      message: 'GitHub: Practice fault: HTTP 422 (HTTP 422).',
    });
  });

  test('a 403 names what the token lacks', async () => {
    practised.fault(COMPARE, { fault: 'status', status: 403 });
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('scope repo'),
    });
  });

  test.each([
    ['a secondary limit', { 'retry-after': '47' }, 47],
    ['a spent budget', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 1],
    [
      'a spent budget, reset tomorrow: capped',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
      300,
    ],
  ])('%s with 403: nobody asks before its end', async (_what, headers, seconds) => {
    practised.fault(COMPARE, { fault: 'status', status: 403, headers });
    const failure = await changes('1.0.282', '1.0.283').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining(`asked again in ${seconds} s`),
    });
    const again = await changes('1.0.282', '1.0.283').catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'rate_limited' });
    expect(practised.operations()).toEqual([COMPARE]);
  });

  test('a 429 that names the second of its reset', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' };
    practised.fault(COMPARE, { fault: 'status', status: 429, headers });
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('asked again in 300 s'),
    });
  });

  test('a truncated answer and a web page are no comparison', async () => {
    practised.fault(COMPARE, { fault: 'truncate' });
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({ code: 'unreadable' });
    practised.fault(COMPARE, { fault: 'garbage' });
    await expect(changes('1.0.282', '1.0.283')).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('an odd server', () => {
  const SHA = 'a'.repeat(40);
  const commit = (sha: string, message: string) => ({
    sha,
    commit: {
      message,
      author: { name: 'Nobody \u001b]52;c;x\u0007' },
      committer: { date: '2026-11-16T10:00:00Z' },
    },
    author: null,
    parents: [],
  });

  async function odd(answer: (path: string) => { body: object; headers?: Record<string, string> }) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { body, headers } = answer(request.url ?? '');
      // Octokit takes a comparison without it for a list.
      const whole = Array.isArray(body) ? body : { url: 'https://github.harbour.example/', ...body };
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(whole));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
    const config = configSchema.parse({
      ...practised.loaded.config,
      systems: {
        github: {
          url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`,
          token: { env: 'ONCALL_TEST_TOKEN_GITHUB' },
        },
      },
    });
    const systems = openSystems({
      ...practised.loaded,
      config,
      user: userSchema.parse({}),
      catalog: toCatalog(config),
    });
    onTestFinished(() => systems.close());
    const read = async () =>
      (await systems.compare()).changes(practised.service('charge-central'), '1.0.1', '1.0.2');
    return { read, asked };
  }

  test('an unknown status of a file is kept, text is made safe, a limit header may lack', async () => {
    const { read } = await odd((path) => ({
      body: path.includes('/pulls')
        ? []
        : {
            ahead_by: 1,
            total_commits: 1,
            status: 'sideways',
            commits: [commit(SHA, 'Title \u202e evil\n\nmore')],
            files: [{ filename: 'a\u001b[2Jb', status: 'teleported', additions: 1, deletions: 0 }],
          },
    }));
    const found = await read();
    expect(found.files).toEqual([{ path: 'a␛[2Jb', status: 'teleported', additions: 1, deletions: 0 }]);
    expect(found.commits[0]?.title).toBe('Title \ufffd evil');
    expect(found.commits[0]?.author).toBe('Nobody ␛]52;c;x␇');
    expect(found.url).toBeNull();
  });

  test('one that stops at 250 commits and gives the same again is not called whole', async () => {
    const commits = Array.from({ length: 250 }, (_, index) =>
      commit(index.toString(16).padStart(40, '0'), `Commit ${index} (#${index + 1})`),
    );
    const { read, asked } = await odd(() => ({ body: { ahead_by: 700, total_commits: 700, commits } }));
    const found = await read();
    expect(found.commits).toHaveLength(250);
    expect(found).toMatchObject({ ahead: 700, complete: false });
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  test('a shape that Octokit stumbles over is a failure as any other', async () => {
    const { read } = await odd(() => ({
      body: { url: undefined, ahead_by: 1, total_commits: 1, commits: [] },
    }));
    await expect(read()).rejects.toMatchObject({ name: 'Failure', code: 'unreadable' });
  });

  test('the token follows no next page to another host', async () => {
    const { read, asked } = await odd(() => ({
      body: { ahead_by: 200, total_commits: 200, commits: [commit(SHA, 'One (#1)')] },
      headers: { link: '<http://127.0.0.1:9/steal>; rel="next"' },
    }));
    await expect(read()).rejects.toMatchObject({ code: 'unreadable' });
    expect(asked).toHaveLength(1);
  });

  test('its deprecation notes go nowhere', async () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error'), vi.spyOn(console, 'log')];
    const { read } = await odd((path) => ({
      body: path.includes('/pulls') ? [] : { ahead_by: 1, total_commits: 1, commits: [commit(SHA, 'One')] },
      headers: { deprecation: 'true', sunset: 'tomorrow' },
    }));
    await read();
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});
