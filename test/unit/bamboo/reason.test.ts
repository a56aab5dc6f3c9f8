import { expect, test } from 'vitest';
import { whoOf } from '../../../src/systems/bamboo/reason.ts';

test.each([
  ['Manual run by <a href="https://b/browse/user/dora">Dora Lindqvist</a>', 'Dora Lindqvist'],
  [
    'Manual run by <a href="https://b/browse/user/d&amp;g">Dora &amp; Gr&#233;ta &#x3c;b&gt;</a>',
    'Dora & Gréta <b>',
  ],
  ['Rebuilt by <b>Kofi</b>', 'Kofi'],
  ['Manual run by dora', 'dora'],
  ['Child of <a href="https://b/browse/CART-12">CART-12</a>', 'unknown'],
  ['Scheduled', 'unknown'],
  ['Manual run by <a href="https://b/browse/user/x">&#x1b;[2J</a>', '␛[2J'],
  ['Manual run by <a href="https://b/browse/user/x">&#9999999;</a>', '&#9999999;'],
  ['', 'unknown'],
  [null, 'unknown'],
])('%s: %s', (reason, who) => {
  expect(whoOf(reason)).toBe(who);
});

test('what never ends is cut, and read in no time', () => {
  expect(whoOf(`Manual run by ${'<a /browse/user/'.repeat(50_000)}`)).not.toContain('\n');
});
