import { expect, test } from 'vitest';
import { containerOf, digestOf, parseContainer } from '../../../src/systems/docker/decode.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

test.each([
  ['registry.example:5000/app:1.2', [`registry.example:5000/app@${DIGEST}`, `mirror/app@${OTHER}`], DIGEST],
  ['registry.example:5000/app', [`registry.example:5000/app@${DIGEST}`], DIGEST],
  ['retagged:1', [`original@${DIGEST}`], DIGEST],
  ['unclear:1', [`one@${DIGEST}`, `two@${OTHER}`], null],
  ['built-here:1', [], null],
  [`app@${OTHER}`, [`app@${DIGEST}`], OTHER],
])('the digest of %s among %j is %s', (reference, digests, expected) => {
  expect(digestOf(reference, digests)).toBe(expected);
});

const running = {
  Id: 'abc',
  Name: '/app',
  Image: DIGEST,
  RestartCount: 2,
  Config: { Image: 'app:1' },
  State: { Status: 'running', ExitCode: 0, OOMKilled: false, StartedAt: '2026-11-17T03:12:00.5Z' },
  Unknown: { field: true },
};

test('a running container has no exit code, and health only where it is checked', () => {
  expect(containerOf(parseContainer(running), null)).toEqual({
    id: 'abc',
    name: 'app',
    image: 'app:1',
    imageDigest: null,
    state: 'running',
    health: null,
    restarts: 2,
    exitCode: null,
    outOfMemory: false,
    startedAt: Date.parse('2026-11-17T03:12:00.500Z'),
  });
});

test('a state that we do not know is kept, but for what would move the cursor', () => {
  const raw = { ...running, Name: '/\u001b[2Jx', State: { ...running.State, Status: 'hibernating' } };
  expect(containerOf(parseContainer(raw), null)).toMatchObject({ name: '␛[2Jx', state: 'hibernating' });
});

test('never started reads as null, not as the year 1', () => {
  const raw = { ...running, State: { Status: 'created', ExitCode: 0, StartedAt: '0001-01-01T00:00:00Z' } };
  expect(containerOf(parseContainer(raw), null)).toMatchObject({ startedAt: null, exitCode: null });
});

test('something else than a container is a Failure that names the field', () => {
  expect(() => parseContainer({ ...running, State: 'running' })).toThrow(/not what Docker sends \(State\)/);
});
