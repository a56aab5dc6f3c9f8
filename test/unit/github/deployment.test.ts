import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/model/instant.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { courseOf, versionOf } from '../../../src/systems/github/deployment.ts';

const NOW = Date.parse('2026-11-17T03:12:00Z');
const deployment = {
  id: 1,
  ref: 'v1.0.283',
  payload: '' as unknown,
  creator: null,
  created_at: NOW - MINUTE,
};

test.each([
  ['its tag', 'v{version}', 'v1.0.283', '', '1.0.283'],
  ['a full ref', 'v{version}', 'refs/tags/v1.0.283', null, '1.0.283'],
  ['a tag with something behind', 'r-{version}-x', 'r-7-x', {}, '7'],
  ['a commit, where versions are commits', '{version}', 'a1b2c3', '', 'a1b2c3'],
  ['the payload, before the ref', 'v{version}', 'v1', { version: '2.0.0' }, '2.0.0'],
  ['a payload that is text', 'v{version}', 'main', '{"version":"2.0.0"}', '2.0.0'],
  ['a payload that is other text', 'v{version}', 'v3', 'hello', '3'],
  ['a branch', 'v{version}', 'main', {}, null],
  ['the pattern without a version', 'v{version}', 'v', {}, null],
  ['a payload with an empty one', 'v{version}', 'v1', { version: '' }, null],
])('the version stands in %s', (_what, tag, ref, payload, version) => {
  expect(versionOf({ ...deployment, ref, payload }, tag)).toBe(version);
});

const told = (state: string, ago: number, url: string | null = null) => ({
  state: ownText(state),
  created_at: NOW - ago,
  log_url: url === null ? null : ownText(url),
  target_url: null,
  environment_url: null,
});

test.each([
  ['nothing yet', [], 'in_progress', null],
  ['queued', [told('queued', 9)], 'in_progress', null],
  ['success', [told('success', 1), told('in_progress', 9)], 'succeeded', 1],
  ['success, in any order', [told('in_progress', 9), told('success', 1)], 'succeeded', 1],
  ['failure', [told('failure', 1)], 'failed', 1],
  ['error', [told('error', 1)], 'failed', 1],
  ['a later one took its place', [told('inactive', 1), told('success', 5)], 'succeeded', 5],
  ['replaced before it ended', [told('inactive', 1), told('in_progress', 5)], 'cancelled', 1],
  ['a reviewer is asked', [told('waiting', 3 * DAY)], 'waiting', null],
  ['begun, and never told of again', [told('in_progress', 2 * DAY)], 'cancelled', 2 * DAY],
])('%s', (_what, statuses, status, endedAgo) => {
  const course = courseOf(deployment, statuses, NOW);
  expect(course).toMatchObject({ status, finishedAt: endedAgo === null ? null : NOW - endedAgo });
});

test('it began when work began, and its page is that of its log', () => {
  const course = courseOf(deployment, [told('success', 1, 'https://ci/9'), told('in_progress', 30_000)], NOW);
  expect(course).toMatchObject({ startedAt: NOW - 30_000, url: 'https://ci/9', reference: null });
  expect(courseOf(deployment, [], NOW).startedAt).toBe(deployment.created_at);
});
