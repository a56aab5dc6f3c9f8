import { expect, test } from 'vitest';
import { chooseTarget, usualLengthMs } from '../../../../src/insight/rollback/target.ts';
import type { Deploy } from '../../../../src/model/deploy.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/instant.ts';
import { deploy, incident, NOW } from './facts.ts';

const bad = deploy('1.0.283', 10 * MINUTE);
const choose = (deploys: readonly Deploy[], ...incidents: Parameters<typeof chooseTarget>[2]) =>
  chooseTarget(deploys, '1.0.283', incidents, NOW);

test('the version before, when it succeeded and was healthy', () => {
  expect(choose([bad, deploy('1.0.282', 20 * HOUR), deploy('1.0.281', 6 * DAY)])).toBe('1.0.282');
});

test('not one that never succeeded', () => {
  const failed = deploy('1.0.282', 20 * HOUR, { status: 'failed' });
  expect(choose([bad, failed, deploy('1.0.281', 6 * DAY)])).toBe('1.0.281');
});

test('not one that served for less than 30 minutes', () => {
  expect(choose([bad, deploy('1.0.282', 30 * MINUTE), deploy('1.0.281', 6 * DAY)])).toBe('1.0.281');
});

test('one that burned long before it was replaced, and was put out, is healthy', () => {
  const history = [bad, deploy('1.0.282', 20 * HOUR), deploy('1.0.281', 6 * DAY)];
  const putOut = (resolvedAt: number) => incident(5 * HOUR, { status: 'resolved', resolvedAt });
  expect(choose(history, putOut(NOW - 4 * HOUR))).toBe('1.0.282');
  expect(choose(history, putOut(NOW - 20 * MINUTE))).toBe('1.0.281');
});

test('what began while the next one was being deployed is not laid at its door', () => {
  const history = [bad, deploy('1.0.282', 20 * HOUR), deploy('1.0.281', 6 * DAY)];
  expect(choose(history, incident(12 * MINUTE))).toBe('1.0.282');
  expect(choose(history, incident(17 * MINUTE))).toBe('1.0.281');
});

test('not one that burned when it was replaced; a low-urgency incident does not count', () => {
  const history = [bad, deploy('1.0.282', 20 * HOUR), deploy('1.0.281', 6 * DAY)];
  expect(choose(history, incident(2 * HOUR))).toBe('1.0.281');
  expect(choose(history, incident(2 * HOUR, { urgency: 'low' }))).toBe('1.0.282');
});

test('not what is set already; none is known: null', () => {
  expect(choose([bad, deploy('1.0.283', 20 * HOUR)])).toBeNull();
  expect(choose([])).toBeNull();
});

test('the usual length is the median of what succeeded', () => {
  const slow = deploy('1.0.280', 9 * DAY, { startedAt: NOW - 10 * DAY });
  expect(usualLengthMs([bad, deploy('1.0.282', HOUR), slow])).toBe(6 * MINUTE);
  expect(usualLengthMs([])).toBeNull();
});
