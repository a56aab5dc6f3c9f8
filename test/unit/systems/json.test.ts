import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depthOf, parseJson } from '../../../src/systems/http/json.ts';

const parse = (text: string) => parseJson('splunk', 'splunk.example', text);

describe('JSON of a system', () => {
  test('is what JSON.parse says, whatever it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        if (text.includes('__proto__')) return;
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('brackets in strings do not count', () => {
    expect(depthOf('{"a":["[[[[{{{\\"[["]}')).toBe(2);
    expect(parse(JSON.stringify({ a: '['.repeat(1_000) }))).toEqual({ a: '['.repeat(1_000) });
  });

  test.each([
    ['{"a":', /not JSON/],
    ['', /empty/],
    ['<html></html>', /not JSON/],
    ['['.repeat(65) + ']'.repeat(65), /too deeply/],
    ['{"__proto__":{"a":1}}', /__proto__/],
    ['{"a":{"\\u005f_proto__":1}}', /__proto__/],
  ])('%s is unreadable', (text, why) => {
    expect(() => parse(text)).toThrow(why);
  });

  test('the word itself is a fine value', () => {
    expect(parse('{"a":"__proto__"}')).toEqual({ a: '__proto__' });
  });
});
