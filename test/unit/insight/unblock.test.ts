import { expect, test } from 'vitest';
import { alone, noIncident, notLeftBehind } from '../../../src/insight/unblock.ts';
import { HOUR, MINUTE } from '../../../src/model/instant.ts';
import { deploy, incident } from './cast.ts';

const at = Date.parse('2026-03-04T03:00:00Z');
const run = (version: string, ago: number) => deploy(version, at - ago - 6 * MINUTE, at - ago);
const back = [run('1.0.282', HOUR), run('1.0.283', 2 * HOUR), run('1.0.282', 9 * HOUR)];

test.each([
  ['1.0.284', back, 'pass', 'was not rolled back from'],
  ['1.0.283', back, 'warn', 'was rolled back from, to 1.0.282, at 2026-03-04T02:00:00Z'],
  ['1.0.283', null, 'skipped', 'no history'],
])('%s that waits, after %o, is judged %s', (version, deploys, result, says) => {
  const judged = notLeftBehind(deploys, version);
  expect(judged.result).toBe(result);
  expect(judged.text).toContain(says);
});

test.each([
  [back, 'pass', 'No other deploy to prod'],
  [[deploy('1.0.285', at, null), ...back], 'warn', '1.0.285 is being deployed to prod by dora'],
  [null, 'skipped', 'no history'],
])('beside %o it is judged %s', (deploys, result, says) => {
  const judged = alone(deploys, 'prod');
  expect(judged.result).toBe(result);
  expect(judged.text).toContain(says);
});

test.each([
  [[], 'pass', 'No high-urgency incident of charge-central is open'],
  [[incident('Q1', { urgency: 'low' })], 'pass', 'No high-urgency'],
  [[incident('Q1', { urgency: 'high' })], 'warn', 'charge-central has an open incident at high urgency'],
  [null, 'skipped', 'cannot be told'],
])('with the incidents %j it is judged %s', (incidents, result, says) => {
  const judged = noIncident(incidents, 'charge-central');
  expect(judged.result).toBe(result);
  expect(judged.text).toContain(says);
});
