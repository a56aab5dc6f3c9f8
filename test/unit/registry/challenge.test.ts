import { expect, test } from 'vitest';
import { parseChallenge } from '../../../src/systems/registry/challenge.ts';

test.each([
  [
    'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
    {
      scheme: 'bearer',
      realm: 'https://auth.example/token',
      service: 'registry.example',
      scope: 'repository:a/b:pull,push',
    },
  ],
  ['Basic realm="Registry, of ours"', { scheme: 'basic' }],
  ['Basic', { scheme: 'basic' }],
  [
    'Basic realm="Bearer, realm=x", bearer realm="https://a.example/t?x=1"',
    { scheme: 'bearer', realm: 'https://a.example/t?x=1', service: null, scope: null },
  ],
  [
    'Bearer realm=https://a.example/t',
    { scheme: 'bearer', realm: 'https://a.example/t', service: null, scope: null },
  ],
  ['Bearer error="invalid_token"', null],
  ['Negotiate', null],
  ['', null],
])('%s', (header, found) => {
  expect(parseChallenge(header)).toEqual(found);
});
