import { describe, expect, it } from 'vitest';
import { isoTime, matches } from '../../../src/practice/servers/splunk/event.ts';
import { Refusal } from '../../../src/practice/servers/splunk/refusal.ts';
import { parseClause } from '../../../src/practice/servers/splunk/spl/expression.ts';
import { parsePipeline, splitReport } from '../../../src/practice/servers/splunk/spl/pipeline.ts';
import { parseSpan, parseTime } from '../../../src/practice/servers/splunk/spl/time.ts';
import { chain } from '../../../src/practice/servers/splunk/stages.ts';

const NOW = Date.parse('2026-11-17T03:12:34.500Z');
const EVENT: Record<string, string> = {
  _raw: 'level=error msg="charge failed: card 12 \\"gold\\"" path=/v1/charges',
  service: 'charge-central',
  level: 'error',
  status: '500',
};

function finds(clause: string): boolean {
  return matches(parseClause(clause).where, (field) => EVENT[field]);
}

function refusal(search: string): Refusal {
  try {
    parsePipeline(search);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`not refused: ${search}`);
}

describe('a search clause', () => {
  it.each([
    ['', true],
    ['charge', true],
    ['CHARGE', true],
    ['charg', false],
    ['charg*', true],
    ['*harges', true],
    ['"charge failed"', true],
    ['"failed charge"', false],
    ['failed charge', true],
    ['"card 12 \\\\\\"gold\\\\\\""', true],
    ['service=charge-central', true],
    ['service="charge-central" level=ERROR', true],
    ['service=charge-*', true],
    ['service = other', false],
    ['service!=other', true],
    ['missing!=other', false],
    ['NOT missing=other', true],
    ['NOT charge', false],
    ['status>=500 status<600', true],
    ['status>500', false],
    ['status IN (404, 500)', true],
    ['level=info OR level=error', true],
    // OR binds tighter than AND.
    ['nowhere level=info OR level=error', false],
    ['(nowhere level=info) OR level=error', true],
    ['NOT (level=info OR level=error)', false],
  ])('%s → %s', (clause, expected) => {
    expect(finds(clause)).toBe(expected);
  });

  it('takes its time terms out', () => {
    const { times } = parseClause('index=app earliest=-15m latest=now _index_earliest=1794885000');
    expect(Object.fromEntries(times)).toEqual({
      earliest: '-15m',
      latest: 'now',
      index_earliest: '1794885000',
    });
  });
});

describe('times', () => {
  it.each([
    ['now', '2026-11-17T03:12:34.500Z'],
    ['1794885120.25', '2026-11-17T03:12:00.250Z'],
    ['-15m', '2026-11-17T02:57:34.500Z'],
    ['-1h@h', '2026-11-17T02:00:00.000Z'],
    ['@d+2h', '2026-11-17T02:00:00.000Z'],
    ['-1mon', '2026-10-17T03:12:34.500Z'],
    ['2026-11-17T03:00:00Z', '2026-11-17T03:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(parseTime(text, NOW) ?? 0).toISOString()).toBe(expected);
  });

  it.each(['yesterday', '-15', '-3fortnights', '', '1.2.3'])('%j is none', (text) => {
    expect(parseTime(text, NOW)).toBeNull();
  });

  it('reads spans', () => {
    expect(parseSpan('5m')).toBe(300_000);
    expect(parseSpan('0s')).toBeNull();
    expect(parseSpan('soon')).toBeNull();
  });
});

describe('what splunkd refuses', () => {
  it.each([
    ['index=app error', 400, "Unknown search command 'index'."],
    ['search error | boguscommand x', 400, "Unknown search command 'boguscommand'."],
    ['search error | | head 3', 400, "Missing a search command before '|'"],
    ['search (error', 400, 'unbalanced parentheses'],
    ['search error)', 400, 'unbalanced parentheses'],
    ['search "error', 400, 'Unbalanced quotes'],
    ['search level=', 400, "Comparator '=' is missing a term on the right hand side"],
    ['search `notable`', 400, "macro 'notable' that cannot be found"],
    ['search [ search x ]', 400, 'Subsearches'],
    ['search x | head many', 400, "Error in 'head' command"],
    ['search x | rex "no group"', 400, 'does not extract anything'],
    ['search x | rex "(?<open>("', 400, "Error in 'rex' command"],
    ['search x | eval n=upper(level)', 400, "The 'upper' function is unsupported or undefined"],
    ['search x | eval n=coalesce(', 400, 'The expression is malformed'],
    ['search x | delete', 403, "Error in 'delete' command: You have insufficient privileges"],
    ['search x | outputlookup y.csv', 403, 'insufficient privileges'],
    ['| head 3', 400, 'must not be the first command'],
    ['', 400, 'Empty search'],
  ])('%s', (search, status, text) => {
    const refused = refusal(search);
    expect(refused.status).toBe(status);
    expect(refused.type).toBe('FATAL');
    expect(refused.message).toContain(text);
  });

  it('leaves pipes, brackets and backticks inside quotes and comments alone', () => {
    expect(parsePipeline('search "a | b [c] `d`" ```| why [x]``` | head 1').written).toHaveLength(2);
  });
});

describe('commands', () => {
  const rows = [
    { _time: isoTime(NOW), _raw: 'c', level: 'error', n: '10' },
    { _time: isoTime(NOW - 60_000), _raw: 'b', level: 'info', n: '9' },
    { _time: isoTime(NOW - 120_000), _raw: 'a', level: 'error', n: '100' },
  ];

  function run(commands: string): Record<string, string>[] {
    const found: Record<string, string>[] = [];
    const last = { push: (row: Record<string, string>) => found.push(row) > 0, end: () => {} };
    const stage = chain(
      parsePipeline(`search x | ${commands}`).commands,
      { from: NOW - 180_000, to: NOW + 1 },
      last,
    );
    for (const row of rows) if (!stage.push(row)) break;
    stage.end();
    return found;
  }

  it('keeps and removes fields, _raw and _time being kept unless removed', () => {
    expect(run('fields n').at(0)).toEqual({ _raw: 'c', _time: isoTime(NOW), n: '10' });
    expect(run('fields - _raw, n').at(0)).toEqual({ _time: isoTime(NOW), level: 'error' });
    expect(run('table n level').at(0)).toEqual({ n: '10', level: 'error' });
  });

  it('sorts numbers as numbers, and shortens', () => {
    expect(run('sort n').map(({ n }) => n)).toEqual(['9', '10', '100']);
    expect(run('sort 0 -level +n').map(({ _raw }) => _raw)).toEqual(['b', 'c', 'a']);
    expect(run('sort 1 -n').map(({ n }) => n)).toEqual(['100']);
    expect(run('head 2 | reverse').map(({ _raw }) => _raw)).toEqual(['b', 'c']);
    expect(run('tail 1').map(({ _raw }) => _raw)).toEqual(['a']);
    expect(run('search level=error').map(({ _raw }) => _raw)).toEqual(['c', 'a']);
  });

  it('counts', () => {
    expect(run('stats count by level')).toEqual([
      { level: 'error', count: '2' },
      { level: 'info', count: '1' },
    ]);
    expect(run('stats count as total')).toEqual([{ total: '3' }]);
    expect(run('search level=none | stats count')).toEqual([{ count: '0' }]);
    expect(run('timechart span=1m count by level')).toEqual([
      { _time: '2026-11-17T03:10:00.000+00:00', _span: '60', error: '1', info: '0' },
      { _time: '2026-11-17T03:11:00.000+00:00', _span: '60', error: '0', info: '1' },
      { _time: '2026-11-17T03:12:00.000+00:00', _span: '60', error: '1', info: '0' },
    ]);
  });

  it('ranks, keeps the newest of equal ones, renames and adds up', () => {
    expect(run('top level')).toEqual([
      { level: 'error', count: '2', percent: '66.666667' },
      { level: 'info', count: '1', percent: '33.333333' },
    ]);
    expect(run('rare limit=1 level').map(({ level }) => level)).toEqual(['info']);
    expect(run('dedup level').map(({ _raw }) => _raw)).toEqual(['c', 'b']);
    expect(run('stats sum(n) AS all, avg(n) AS mean by level | rename mean AS average')).toEqual([
      { level: 'error', all: '110', average: '55' },
      { level: 'info', all: '9', average: '9' },
    ]);
    expect(refusal('search x | rename a b').message).toContain("Error in 'rename' command");
    expect(refusal('search x | top').message).toContain('No fields were specified');
  });

  it('gives rows more fields', () => {
    const words = (commands: string) => run(commands).map(({ word }) => word);
    expect(words('rex field=level "^(?<word>err|warn)"')).toEqual(['err', undefined, 'err']);
    expect(words('rex "(?<word>[ab])"')).toEqual([undefined, 'b', 'a']);
    expect(words('eval word=mvindex(coalesce(missing, level), 0)')).toEqual(['error', 'info', 'error']);
    expect(words('eval word=coalesce(missing, "none")')).toEqual(['none', 'none', 'none']);
    expect(run('eval level=missing').at(0)).not.toHaveProperty('level');
    expect(words('rex field=level "(?<word>info)" | fillnull value="none" word')).toEqual([
      'none',
      'info',
      'none',
    ]);
  });

  it('tells events and report apart', () => {
    const pipeline = parsePipeline('search index=app | fields level | stats count by level | sort -count');
    expect(splitReport(pipeline)).toEqual({
      events: 'search index=app | fields level',
      report: 'stats count by level | sort -count',
    });
  });
});
