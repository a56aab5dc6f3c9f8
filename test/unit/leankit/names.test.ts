import { expect, test } from 'vitest';
import { namesIn } from '../../../src/systems/leankit/names.ts';

const SERVICES = [{ name: 'charge-central' }, { name: 'charge-central-api' }, { name: 'mailer' }];

test.each([
  ['charge-central 1.0.284', 'charge-central', '1.0.284'],
  ['charge-central-api 2.1.0', 'charge-central-api', '2.1.0'],
  ['Release Charge-Central v1.0.284.', 'charge-central', 'v1.0.284'],
  ['mailer build-412: rotate keys', 'mailer', 'build-412'],
  ['charge-central round cents', 'charge-central', null],
  ['old-mailer 1.2.3', null, null],
  ['1.0.284', null, null],
  ['', null, null],
])('%s', (text, service, version) => {
  expect(namesIn(SERVICES, '{service} {version}')([text])).toEqual({ service, version });
});

test('the first text that has both goes before one that has a service alone', () => {
  const names = namesIn(SERVICES, '{service} {version}');
  expect(names(['mailer', 'charge-central 1.0.284'])).toEqual({
    service: 'charge-central',
    version: '1.0.284',
  });
});

test('another pattern, whatever signs it has', () => {
  const names = namesIn(SERVICES, '[{version}] ({service})');
  expect(names(['[1.0.284] (mailer) $&'])).toEqual({ service: 'mailer', version: '1.0.284' });
});

test('long texts take no long time to have no name', () => {
  const names = namesIn(SERVICES, '{service} {version}');
  expect(names([`mailer ${'a.-+'.repeat(100_000)}`])).toEqual({ service: 'mailer', version: null });
});
