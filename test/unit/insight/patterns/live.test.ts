import { describe, expect, it } from 'vitest';
import { LivePatterns } from '../../../../src/insight/patterns/live.ts';
import { type Baseline, judgePatterns } from '../../../../src/insight/patterns/news.ts';
import { ofTemplate } from '../../../../src/insight/patterns/template.ts';
import { MINUTE, SECOND } from '../../../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../../../src/model/log-line.ts';
import { safeText } from '../../../../src/model/safe-text.ts';

const DEPLOY = Date.UTC(2026, 10, 17, 3, 2);
let made = 0;

function line(at: number, message: string, level: LogLevel = 'info', version = '1.0.282'): LogLine {
  made += 1;
  return {
    id: String(made),
    at,
    indexedAt: at,
    level,
    message: safeText(message),
    service: 'charge-central',
    instance: safeText(`i-${made % 3}`),
    version: safeText(version),
    fields: {},
    late: false,
  };
}

/** So many lines in each ten seconds of that time. */
function fill(patterns: LivePatterns, from: number, to: number, each: number, make: (at: number) => LogLine) {
  for (let at = from; at < to; at += 10 * SECOND) {
    for (let index = 0; index < each; index++) patterns.add(make(at + index));
  }
}

function earlier(make: (at: number) => LogLine, each = 2): Baseline {
  const patterns = new LivePatterns();
  const [from, to] = [DEPLOY - 10 * MINUTE, DEPLOY - MINUTE];
  fill(patterns, from, to, each, make);
  return { patterns: patterns.patterns(), from, to };
}

const served = (at: number) => line(at, `GET /v1/charges/${made} completed with 200 in ${made % 90}ms`);
const failed = (at: number) =>
  line(at, `charge failed: undefined method for order ${made}`, 'error', '1.0.283');

describe('patterns of a log that comes', () => {
  it('are counted with their times, versions and instances', () => {
    const patterns = new LivePatterns();
    fill(patterns, DEPLOY, DEPLOY + MINUTE, 5, served);
    const [found, ...others] = patterns.patterns();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ count: 30, firstAt: DEPLOY, lastAt: DEPLOY + 50 * SECOND + 4 });
    expect([...(found?.instances ?? [])].sort()).toEqual(['i-0', 'i-1', 'i-2']);
    expect(found?.between(DEPLOY + 20 * SECOND, DEPLOY + 40 * SECOND)).toBe(10);
  });

  it('fit the lines that they were made of', () => {
    const patterns = new LivePatterns();
    const lines = [served(DEPLOY), served(DEPLOY), failed(DEPLOY), failed(DEPLOY)];
    for (const each of lines) patterns.add(each);
    for (const { template, count } of patterns.patterns())
      expect(lines.filter(ofTemplate(template))).toHaveLength(count);
  });

  it('stay bounded however different the lines are, and no line of the frequent ones is lost', () => {
    const patterns = new LivePatterns();
    const word = (number: number) => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    for (let index = 0; index < 4_000; index++) {
      patterns.add(
        line(DEPLOY, [word(index), 'x', word(index * 7), word(index * 13), word(index * 31)].join(' ')),
      );
      patterns.add(served(DEPLOY));
    }
    const found = patterns.patterns();
    expect(found.length).toBeLessThanOrEqual(2_048);
    expect(found.find(({ template }) => template.startsWith('GET'))?.count).toBe(4_000);
    expect(found.reduce((sum, { count }) => sum + count, patterns.dropped)).toBe(8_000);
  });
});

describe('what is new in a log', () => {
  const later = (each: number, ...makes: readonly ((at: number) => LogLine)[]) => {
    const patterns = new LivePatterns();
    for (const make of makes) fill(patterns, DEPLOY + MINUTE, DEPLOY + 4 * MINUTE, each, make);
    return patterns.patterns();
  };
  const ground = {
    since: DEPLOY,
    from: DEPLOY - MINUTE,
    countedFrom: DEPLOY - MINUTE,
    now: DEPLOY + 4 * MINUTE,
  };

  it('is what was never said before the deploy, with when it began', () => {
    const judged = judgePatterns(later(2, served, failed), { ...ground, before: earlier(served) });
    expect(judged.map(({ pattern, news }) => [pattern.template.slice(0, 3), news])).toEqual([
      ['cha', { kind: 'new', onset: DEPLOY + MINUTE }],
      ['GET', { kind: 'known' }],
    ]);
  });

  it('has no beginning where the lines that are known begin with it', () => {
    const judged = judgePatterns(later(2, failed), {
      ...ground,
      from: DEPLOY + MINUTE,
      countedFrom: DEPLOY + MINUTE,
      before: earlier(served),
    });
    expect(judged[0]?.news).toEqual({ kind: 'new', onset: null });
  });

  it('began when the log system says, where the lines that came begin later', () => {
    const [judged] = judgePatterns(later(2, failed), {
      ...ground,
      from: DEPLOY + MINUTE,
      countedFrom: DEPLOY,
      before: earlier(served),
    });
    expect(judged?.news).toEqual({ kind: 'new', onset: DEPLOY + MINUTE });
  });

  it('is not said where nothing is known of the time before', () => {
    const judged = judgePatterns(later(2, failed), { ...ground, before: null });
    expect(judged[0]?.news).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['ten times as often', 20, 'more'],
    ['twice as often', 4, 'known'],
    ['as often', 2, 'known'],
  ])('%s as before', (_, each, kind) => {
    const [judged] = judgePatterns(later(each, served), { ...ground, before: earlier(served, 2) });
    expect(judged?.news.kind).toBe(kind);
    if (judged?.news.kind === 'more') expect(judged.news.times).toBeCloseTo(each / 2, 0);
  });
});
