import { expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { matches } from '../../../src/practice/servers/splunk/event.ts';
import { parsePipeline } from '../../../src/practice/servers/splunk/spl/pipeline.ts';
import { chain } from '../../../src/practice/servers/splunk/stages.ts';
import { errorCountOf, errorsSpl } from '../../../src/systems/splunk/error-count.ts';
import { toLogLine } from '../../../src/systems/splunk/log-line.ts';

const SOURCE = { index: 'app', where: { service: 'charge-central' } };
const OWN = {
  index: 'app',
  service: 'charge-central',
  _time: '2026-11-17T03:12:41Z',
  _indextime: '1',
  _cd: '1',
};

/** What Splunk makes of a line: the fields in it, and those that its administrators gave it. */
function event(raw: string, given: Record<string, string> = {}): Record<string, string> {
  const own = raw.startsWith('{')
    ? Object.entries(JSON.parse(raw) as object).map(([name, value]) => [name, String(value)])
    : [...raw.matchAll(/(\w+)=(\w+)/g)].map(([, name, value]) => [name, value]);
  return { ...OWN, ...Object.fromEntries(own), ...given, _raw: raw };
}

function counted(one: Record<string, string>): number {
  const { clause, commands } = parsePipeline(errorsSpl(SOURCE, 'prod'));
  const rows: Record<string, string>[] = [];
  const stage = chain(commands, { from: 0, to: 1 }, { push: (row) => rows.push(row) > 0, end() {} });
  if (matches(clause.where, (field) => one[field])) stage.push(one);
  stage.end();
  return errorCountOf({ rows, found: rows.length, incomplete: null }).count;
}

test.each([
  [event('{"level":"error","msg":"no cents"}'), 1],
  [event('{"level":"ERROR","msg":"no cents"}'), 1],
  [event('{"severity":"CRITICAL","message":"no cents"}'), 1],
  [event('{"level":50,"msg":"pino"}'), 1],
  [event('{"level":60,"msg":"pino"}'), 1],
  [event('{"level":30,"msg":"50 errors of level ERROR were mended"}'), 0],
  [event('{"level":"info","msg":"ERROR is a word"}'), 0],
  [event('{"level":"odd","msg":"ERROR is all that tells"}'), 1],
  [event('{"level":"info","severity":"error","msg":"the first name counts"}'), 0],
  [event('ts=1 level=err msg=boom'), 1],
  [event('ts=1 level=warn msg=error'), 0],
  [event('2026-11-17 03:12:41 ERROR [main] c.h.Mailer - boom'), 1],
  [event('2026-11-17 03:12:41 INFO  [main] c.h.Mailer - 0 errors, last ERROR an hour ago'), 0],
  [event(`2026-11-17 03:12:41 ${'x'.repeat(200)} ERROR is too far from the start`), 0],
  [event('Traceback\nSEVERE in the second line'), 1],
  [event('a plain line about an error'), 0],
  [event('a plain line about an error word=ERROR_CODE'), 0],
  [event('10.0.0.1 - - "GET / HTTP/1.1" 500', { level: 'error' }), 1],
  [event('10.0.0.1 - - "GET /ERRORS HTTP/1.1" 200', { level: 'info' }), 0],
])('%o is counted as the line that it is shown as', (one, expected) => {
  const line = toLogLine(one, 'charge-central', () => false);
  expect(line?.level === 'error' || line?.level === 'fatal').toBe(expected === 1);
  expect(counted(one)).toBe(expected);
});

test('what could not be read to its end is at least so much', () => {
  const rows = [{ oncall_told: 'error', oncall_word: 'none', count: '41' }];
  expect(errorCountOf({ rows, found: 41, incomplete: null })).toEqual({ count: 41, atLeast: false });
  const incomplete = new Failure('splunk', 'server_error', 'the search was stopped early');
  expect(errorCountOf({ rows, found: 41, incomplete })).toEqual({ count: 41, atLeast: true });
  expect(errorCountOf({ rows: [], found: 0, incomplete: null })).toEqual({ count: 0, atLeast: false });
});
