import { expect, test } from 'vitest';
import { type ZoneTrouble, zoneSentence, zoneTrouble } from '../../../src/insight/zone-trouble.ts';
import type { InstanceHealth } from '../../../src/model/fleet.ts';
import { ownText } from '../../../src/model/safe-text.ts';

/** `cart a b!`: cart has a healthy instance in zone a, and an unhealthy one in b; `b?` there is on its way. */
function fleet(...lines: readonly string[]): readonly InstanceHealth[] {
  return lines.flatMap((line) => {
    const [service = '', ...places] = line.split(' ');
    return places.map((place) => ({
      service,
      zone: ownText(`eu-west-1${place[0]}`),
      lifecycle: ownText(place.endsWith('?') ? 'Terminating' : 'InService'),
      health: ownText(/[!?]$/.test(place) ? 'Unhealthy' : 'Healthy'),
    }));
  });
}

const FLOOD = ['cart a b!', 'login a b!', 'mailer a b!'];
const inB = (own: Partial<ZoneTrouble> = {}): ZoneTrouble => ({
  zone: 'eu-west-1b',
  unhealthy: 3,
  unhealthyInAll: 3,
  services: ['cart', 'login', 'mailer'],
  ...own,
});

test.each<[string, readonly string[], ZoneTrouble | null]>([
  ['nothing is unhealthy', ['cart a b', 'login a b'], null],
  ['nothing runs', [], null],
  ['one service is unhealthy, in two zones', ['charge-central a! b! c', 'cart a b'], null],
  ['one service is unhealthy in one zone', ['charge-central a b! b! b! b!', 'cart a b'], null],
  ['two services are, in one zone', ['cart a b!', 'login a b!'], null],
  ['three services are, all in one zone', FLOOD, inB()],
  ['one of them has two there', [...FLOOD, 'cart b!'], inB({ unhealthy: 4, unhealthyInAll: 4 })],
  [
    'another is unhealthy elsewhere for reasons of its own',
    [...FLOOD, 'inbox b!', 'tax-rates a!'],
    inB({ unhealthy: 4, unhealthyInAll: 5, services: ['cart', 'inbox', 'login', 'mailer'] }),
  ],
  ['they are unhealthy everywhere', ['cart a! b!', 'login a! b!', 'mailer a! b!'], null],
  ['everything stands in one zone', ['cart b!', 'login b!', 'mailer b!', 'inbox b'], null],
  ['a few of very many in a zone', [...FLOOD, ...Array(12).fill('inbox b')], null],
  ['what is unhealthy is on its way out', ['cart a b?', 'login a b?', 'mailer a b?'], null],
])('%s', (_when, lines, wanted) => {
  expect(zoneTrouble(fleet(...lines))).toEqual(wanted);
});

test('the sentence says all where it is all', () => {
  expect(zoneSentence(inB())).toBe(
    'All 3 unhealthy instances are in eu-west-1b, over 3 services: no single deploy explains it.',
  );
  expect(zoneSentence(inB({ unhealthyInAll: 4 }))).toMatch(
    /^3 of the 4 unhealthy instances are in eu-west-1b,/,
  );
});
