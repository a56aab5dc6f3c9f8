import { expect, test } from 'vitest';
import { LineReader } from '../../../../src/insight/patterns/reader.ts';

const NOW = Date.UTC(2026, 10, 17, 4);

function read(line: string, now = NOW) {
  const reader = new LineReader(now);
  const bytes = Buffer.from(line);
  reader.read(bytes, 0, bytes.length);
  const at = Number.isNaN(reader.at) ? null : new Date(reader.at).toISOString();
  return { at, level: reader.level, message: reader.bytes.toString('utf8', reader.from, reader.to) };
}

const AT = '2026-11-17T03:12:41.000Z';

test.each([
  ['BSD syslog', 'Nov 17 03:12:41 web-1 sshd[7]: Accepted', AT, null, 'web-1 sshd[7]: Accepted'],
  ['its days of one digit', 'Nov  7 03:12:41 web-1 up', '2026-11-07T03:12:41.000Z', null, 'web-1 up'],
  ['with a priority', '<11>Nov 17 03:12:41 web-1 down', AT, 'error', 'web-1 down'],
  [
    'RFC 5424',
    '<165>1 2026-11-17T03:12:41.003Z web-1 app - - - hi',
    '2026-11-17T03:12:41.003Z',
    'info',
    'web-1 app - - - hi',
  ],
  [
    'an access log',
    '10.0.0.1 - - [17/Nov/2026:05:12:41 +0200] "GET / HTTP/1.1" 200 5',
    AT,
    null,
    '10.0.0.1 - - [17/Nov/2026:05:12:41 +0200] "GET / HTTP/1.1" 200 5',
  ],
  [
    'nginx',
    '2026/11/17 03:12:41 [error] 7#7: *1 upstream timed out',
    AT,
    'error',
    '7#7: *1 upstream timed out',
  ],
  ['no time', 'Novel 17 ideas', null, null, 'Novel 17 ideas'],
  ['no month', 'Nox 17 03:12:41 web-1', null, null, 'Nox 17 03:12:41 web-1'],
  ['no priority', '<b>bold</b>', null, null, '<b>bold</b>'],
])('%s', (_, line, at, level, message) => expect(read(line)).toEqual({ at, level, message }));

test('a syslog line of December that is read in January is of the year before', () => {
  expect(read('Dec 31 23:59:59 web-1 up', Date.UTC(2027, 0, 1, 1)).at).toBe('2026-12-31T23:59:59.000Z');
  expect(read('Jan  1 00:30:00 web-1 up', Date.UTC(2026, 11, 31, 23)).at).toBe('2026-01-01T00:30:00.000Z');
});
