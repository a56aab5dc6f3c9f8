import fc from 'fast-check';
import { expect, test } from 'vitest';
import { awsServer } from '../../../src/practice/servers/aws/index.ts';
import { compileFilter } from '../../../src/practice/servers/aws/logs-filter.ts';
import { QueryParams } from '../../../src/practice/servers/aws/query.ts';
import { tokenBucket } from '../../../src/practice/servers/aws/throttle.ts';
import { xml } from '../../../src/practice/servers/aws/xml.ts';
import type { PracticeRequest } from '../../../src/practice/servers/server.ts';

test('XML is escaped, lists are wrapped, what is absent is left out', () => {
  const fields = { A: 'a<b>&"c"\r\n', B: ['x', { C: 1 }], D: null, E: undefined, F: false, G: [] };
  expect(xml(fields, 'member')).toBe(
    '<A>a&lt;b&gt;&amp;&quot;c&quot;&#xD;\n</A><B><member>x</member><member><C>1</C></member></B><F>false</F><G></G>',
  );
  expect(xml({ A: ['x'] }, 'item')).toBe('<A><item>x</item></A>');
});

test('whatever a text holds, its XML has no markup of its own and no character that XML forbids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inner = xml({ A: text }, 'member').slice('<A>'.length, -'</A>'.length);
      expect(inner).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|#xD);)/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not occur
      expect(inner).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/);
      expect(inner.isWellFormed()).toBe(true);
    }),
  );
});

test('nested lists of the Query protocol and of EC2', () => {
  const query = new QueryParams(
    new URLSearchParams(
      'Filters.member.1.Name=tag:a&Filters.member.1.Values.member.1=x&Filters.member.2.Name=b',
    ),
    'query',
  );
  expect(query.list('Filters').map((filter) => [filter.text('Name'), filter.strings('Values')])).toEqual([
    ['tag:a', ['x']],
    ['b', []],
  ]);
  const ec2 = new QueryParams(
    new URLSearchParams('Filter.1.Name=tag:a&Filter.1.Value.1=x&Filter.1.Value.2=y'),
    'ec2',
  );
  expect(ec2.list('Filter').map((filter) => filter.strings('Value'))).toEqual([['x', 'y']]);
  expect(ec2.has('InstanceId')).toBe(false);
});

test('operations are named, and those that change something are marked', () => {
  const server = awsServer();
  const cloudFormation = (action: string) => server.identify(request(`Action=${action}&Version=2010-05-15`));
  expect(cloudFormation('ExecuteChangeSet')).toEqual({ name: 'ExecuteChangeSet', mutation: true });
  expect(cloudFormation('CreateChangeSet')).toEqual({ name: 'CreateChangeSet', mutation: true });
  expect(cloudFormation('DescribeStacks')).toEqual({ name: 'DescribeStacks', mutation: false });
  const target = { 'x-amz-target': 'Logs_20140328.FilterLogEvents' };
  expect(server.identify(request('{}', target))).toEqual({ name: 'FilterLogEvents', mutation: false });
  expect(server.identify(request(''))).toEqual({ name: 'POST /', mutation: true });
});

test('a bucket empties, refuses, and fills no further than its burst', () => {
  let now = 0;
  const take = tokenBucket({ burst: 2, perSecond: 2, monotonic: () => now });
  expect([take(), take(), take()]).toEqual([true, true, false]);
  now = 500;
  expect([take(), take()]).toEqual([true, false]);
  now = 60_000;
  expect([take(), take(), take()]).toEqual([true, true, false]);
});

test.each([
  ['', 'anything', true],
  ['ERROR', 'an ERROR here', true],
  ['ERROR charge', 'an ERROR here', false],
  ['"two words"', 'these two words', true],
  ['"two words"', 'words two', false],
  ['?ERROR ?WARN', 'a WARN', true],
  ['?ERROR ?WARN', 'an INFO', false],
  ['ERROR -timeout', 'ERROR timeout', false],
])('filter pattern %s on "%s": %s', (pattern, message, expected) => {
  expect(compileFilter(pattern)(message)).toBe(expected);
});

test.each(['{ $.level = "error" }', '[a, b]', '"open', '%re%'])('filter pattern %s is refused', (pattern) => {
  expect(() => compileFilter(pattern)).toThrow('Invalid filter pattern');
});

function request(body: string, headers: Record<string, string> = {}): PracticeRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(body),
    origin: 'http://127.0.0.1:4000',
    instance: null,
  };
}
