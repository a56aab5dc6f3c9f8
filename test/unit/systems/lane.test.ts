import { expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { Budget } from '../../../src/systems/http/budget.ts';
import { Lane } from '../../../src/systems/http/lane.ts';

const never = new AbortController().signal;

function lane(concurrent = 4) {
  const state = { now: 1_000_000, sent: 0, broken: true };
  const one = new Lane('splunk', { concurrent, perMinute: 1_000 }, () => state.now);
  const ask = () =>
    one
      .run(async () => {
        state.sent += 1;
        await null;
        if (state.broken) throw new Failure('splunk', 'server_error', 'down');
        return 'fine';
      }, never)
      .catch((failure: Failure) => failure.code);
  return { one, state, ask };
}

test('ten failures in a row open the breaker; one request tries again after a while, and closes it', async () => {
  const { one, state, ask } = lane();
  for (let n = 0; n < 10; n += 1) expect(await ask()).toBe('server_error');
  expect(await ask()).toBe('circuit_open');
  expect(state.sent).toBe(10);
  expect(one.retryAt).toBeGreaterThan(state.now);
  state.now = one.retryAt ?? 0;
  state.broken = false;
  expect(await ask()).toBe('fine');
  expect(one.retryAt).toBeNull();
  expect(await ask()).toBe('fine');
});

test('while it is open longer each time, only one request at a time tries', async () => {
  const { one, state, ask } = lane();
  for (let n = 0; n < 10; n += 1) await ask();
  const first = (one.retryAt ?? 0) - state.now;
  state.now = one.retryAt ?? 0;
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(state.sent).toBe(11);
  expect(answers.toSorted()).toEqual(['circuit_open', 'circuit_open', 'server_error']);
  expect((one.retryAt ?? 0) - state.now).toBeGreaterThan(first);
});

test('a clock that is set back keeps nothing closed: only the monotonic one counts', async () => {
  const { one, state, ask } = lane();
  for (let n = 0; n < 10; n += 1) await ask();
  const real = Date.now;
  Date.now = () => real() - 86_400_000;
  try {
    state.now = one.retryAt ?? 0;
    state.broken = false;
    expect(await ask()).toBe('fine');
  } finally {
    Date.now = real;
  }
});

test('refusals of the request itself do not open it', async () => {
  const { one } = lane();
  const refused = () => Promise.reject(new Failure('splunk', 'rate_limited', 'no'));
  for (let n = 0; n < 20; n += 1) await one.run(refused, never).catch(() => undefined);
  expect(await one.run(async () => 'fine', never)).toBe('fine');
});

test('the budget lets so many through at once, then one by one', () => {
  let now = 0;
  const budget = new Budget(60, () => now);
  expect(Array.from({ length: 60 }, () => budget.take()).every((wait) => wait === 0)).toBe(true);
  expect(budget.take()).toBe(1_000);
  expect(budget.take()).toBe(2_000);
  now = 62_000;
  expect(budget.take()).toBe(0);
});
