import { describe, expect, test } from 'vitest';
import { toLogLine } from '../../../src/systems/splunk/log-line.ts';

const row = (raw: string, more: Record<string, string | null> = {}) => ({
  _raw: raw,
  _time: '2026-11-17T03:12:41.250+00:00',
  _indextime: '1794885163',
  _cd: '12:345',
  _bkt: 'app~1~AB',
  host: 'i-03',
  ...more,
});
const line = (raw: string, more: Record<string, string | null> = {}) =>
  toLogLine(row(raw, more), 'charge-central', () => false);

describe('a row of a search', () => {
  test('is a line with its identity and its times', () => {
    expect(line('plain text')).toEqual({
      id: 'app~1~AB|12:345',
      at: Date.parse('2026-11-17T03:12:41.250Z'),
      indexedAt: 1_794_885_163_000,
      level: 'unknown',
      message: 'plain text',
      service: 'charge-central',
      instance: 'i-03',
      version: null,
      fields: { host: 'i-03' },
      late: false,
    });
  });

  test('without time or identity is no line', () => {
    expect(toLogLine({ _raw: 'x' }, 's', () => false)).toBeNull();
    expect(line('x', { _time: 'yesterday' })).toBeNull();
    expect(line('x', { _cd: null })).toBeNull();
  });

  test('key=value pairs tell theirs', () => {
    expect(line('ts=1 level=warn version=3.1 msg="said \\"no\\" = yes" job=a/b')).toMatchObject({
      level: 'warn',
      version: '3.1',
      message: 'said "no" = yes',
      fields: { job: 'a/b', ts: '1' },
    });
    expect(line('a=1 of many')).toMatchObject({ message: 'a=1 of many' });
  });

  test('a JSON log tells its message, level and fields', () => {
    const raw = JSON.stringify({ level: 'ERROR', message: 'no cents', version: '1.0.283', order: { id: 7 } });
    expect(line(raw)).toMatchObject({
      level: 'error',
      message: 'no cents',
      version: '1.0.283',
      fields: { level: 'ERROR', version: '1.0.283', order: '{"id":7}', host: 'i-03' },
    });
    expect(line('{"level":50,"msg":"pino"}')).toMatchObject({ level: 'error', message: 'pino' });
  });

  test.each([
    ['2026-11-17 03:12:41 WARN [main] c.h.Mailer - slow', 'warn'],
    ['ts=2026 level=info msg="ok"', 'info'],
    ['E, [2026-11-17T03:12:41.000000 #7] ERROR -- : boom', 'error'],
    ['10.0.0.1 - - "GET /error HTTP/1.1" 200', 'unknown'],
    ['an information desk', 'unknown'],
    ['{"level":"constructor","msg":"a name that every object has"}', 'unknown'],
  ])('finds the level of %s', (raw, level) => {
    expect(line(raw)?.level).toBe(level);
  });

  test('half of a JSON line, a deep one and one with a prototype are text or data, never a crash', () => {
    expect(line('{"message":"cut')?.message).toBe('{"message":"cut');
    const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
    expect(line(deep)?.message).toBe(deep);
    const polluted = line('{"message":"m","__proto__":{"polluted":true}}');
    expect(polluted?.message).toBe('m');
    expect(Object.getPrototypeOf(polluted?.fields)).toBe(Object.prototype);
    expect(polluted?.fields).not.toHaveProperty('polluted');
  });

  test('what a terminal would obey is a glyph, and a huge line is cut with a marker', () => {
    expect(line('\u001b]52;c;AAAA\u0007 \u202e')?.message).toBe('␛]52;c;AAAA␇ \ufffd');
    expect(line('x'.repeat(1_000_000))?.message).toMatch(/… \(\d+ more characters\)$/);
  });
});
