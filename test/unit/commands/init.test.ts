import { expect, test } from 'vitest';
import { wordsOf } from '../../../src/commands/init/argv.ts';
import { keysOf, systemNames, tokenIsOptional } from '../../../src/commands/init/keys.ts';
import { looksSecret } from '../../../src/commands/init/looks-secret.ts';

test.each([
  ['u+practice-sam-okafor', true],
  ['ghp_0123456789abcdefghij', true],
  ['xoxb-1-2', true],
  ['9f86d081884c7d659a2feaa0c55ad015', true],
  ['pass oncall/pagerduty', false],
  ['/run/secrets/pagerduty2', false],
  ['~/.config/oncall/pd.token', false],
  ['PAGERDUTY_TOKEN_2_OF_ONCALL', false],
  ['oncall-pagerduty-token', false],
  ['op', false],
])('a pasted token is known as one: %s is one: %s', (text, isSecret) => {
  expect(looksSecret(text)).toBe(isSecret);
});

test.each([
  [`pass oncall/pagerduty`, ['pass', 'oncall/pagerduty']],
  [`op read "op://on call/pd/token" --no-newline`, ['op', 'read', 'op://on call/pd/token', '--no-newline']],
  [`vault kv get -field='api key' x`, ['vault', 'kv', 'get', '-field=api key', 'x']],
])('a command becomes words: %s', (line, words) => {
  expect(wordsOf(line)).toEqual({ value: words });
});

test.each([['pass x | head -1'], ['cat "x'], ['echo $TOKEN'], ['a; b'], ['  ']])(
  'what only a shell could do is refused: %s',
  (line) => {
    expect(wordsOf(line)).toHaveProperty('wrong');
  },
);

test.each(systemNames())(
  '%s can be asked about: an address, and in words that its schema takes',
  (system) => {
    const keys = keysOf(system);
    const url = keys.find(({ name }) => name === 'url');
    expect(url?.read('https://harbour.example')).toEqual({ value: 'https://harbour.example' });
    expect(url?.read('harbour')).toHaveProperty('wrong');
    expect(url?.read('https://me:secret@harbour.example')).toHaveProperty('wrong');
    expect(typeof tokenIsOptional(system)).toBe('boolean');
  },
);

test('lists and numbers are read as such', () => {
  const read = (system: 'zendesk' | 'newrelic', key: string, answer: string) =>
    keysOf(system)
      .find(({ name }) => name === key)
      ?.read(answer);
  expect(read('zendesk', 'tags', 'harbour, payments')).toEqual({ value: ['harbour', 'payments'] });
  expect(read('zendesk', 'tags', 'Harbour')).toHaveProperty('wrong');
  expect(read('newrelic', 'account', '2109876')).toEqual({ value: 2_109_876 });
  expect(read('newrelic', 'account', 'mine')).toHaveProperty('wrong');
});
