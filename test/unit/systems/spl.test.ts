import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findsTooMuch, logSpl, newestSpl, quoted, searchOf } from '../../../src/systems/splunk/spl.ts';

const source = { index: 'app', where: { service: 'charge-central', environment: '{environment}' } };
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '|', '`', '[', ']', '*', ' ', 'a', '\n', '$', '='),
    maxLength: 60,
  }),
);

/** Takes a search apart as Splunk does: what stands in double quotes (a backslash escapes), and the rest. */
function takeApart(spl: string): { readonly outside: string; readonly values: readonly string[] } {
  const values: string[] = [];
  let outside = '';
  for (let index = 0; index < spl.length; index += 1) {
    if (spl[index] !== '"') {
      outside += spl[index];
      continue;
    }
    let value = '';
    for (index += 1; spl[index] !== '"'; index += 1) {
      if (index >= spl.length) throw new Error('a quote is left open');
      if (spl[index] === '\\') index += 1;
      value += spl[index];
    }
    values.push(value);
    outside += 'Q';
  }
  return { outside, values };
}

describe('a search of logs', () => {
  const other = { index: 'lambda', where: { app: 'mail"er' } };

  test('of several services is one search, with the fields that tell them apart', () => {
    expect(searchOf([source, other], 'prod', 'no cents')).toBe(
      'search ((index="app" service="charge-central" environment="prod") OR (index="lambda" app="mail\\"er")) "*no cents*"',
    );
    expect(logSpl([source, other], 'prod')).toMatch(
      /\| fields _raw, .*, container, service, environment, app$/,
    );
  });

  test('of too many services is refused, with the numbers', () => {
    const many = Array.from({ length: 150 }, (_, n) => ({
      index: 'app',
      where: { service: `${n}`.repeat(20) },
    }));
    expect(() => searchOf(many, 'prod')).toThrow(
      /150 services has \d+ characters, the limit is 8000; follow fewer/,
    );
  });

  test('names index and fields, and fills in the environment', () => {
    expect(searchOf(source, 'prod', 'no cents')).toBe(
      'search index="app" service="charge-central" environment="prod" "*no cents*"',
    );
    expect(newestSpl(source, 'test', 500)).toMatch(
      /^search index="app" service="charge-central" environment="test" \| head 500 \| fields _raw, _time, /,
    );
  });

  test('nothing of a person’s text leaves its quotes', () => {
    const plain = takeApart(logSpl(source, 'prod', 'x')).outside;
    fc.assert(
      fc.property(
        anyText.filter((text) => text !== ''),
        (text) => {
          const { outside, values } = takeApart(logSpl(source, 'prod', text.slice(0, 400)));
          expect(outside).toBe(plain);
          expect(values.at(-1)).not.toMatch(/[`[\n]/);
          if (!findsTooMuch(text)) expect(values.at(-1)).toBe(`*${text.slice(0, 400)}*`);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('nothing of the config leaves its place', () => {
    const plain = takeApart(logSpl({ index: 'app', where: { f: 'x' } }, 'prod')).outside;
    fc.assert(
      fc.property(anyText, anyText, anyText, (index, field, value) => {
        const where = [
          { index, where: { f: 'x' } },
          { index: 'app', where: { [field]: 'x' } },
          { index: 'app', where: { f: value } },
        ];
        for (const one of where) {
          let spl: string;
          try {
            spl = logSpl(one, 'prod');
          } catch (error) {
            expect(error).toMatchObject({ name: 'Failure', code: 'invalid' });
            continue;
          }
          expect(takeApart(spl).outside.replace(` ${field}=Q`, ' f=Q')).toBe(plain);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a value comes back as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (findsTooMuch(text) && !/^[^`[\p{Cc}]*$/u.test(text)) return;
        expect(takeApart(quoted(text)).values).toEqual([text]);
      }),
    );
  });

  test.each(['app" | delete', '*', '', 'app index=secret', 'A', '_x`m`'])('refuses the index %j', (index) => {
    expect(() => searchOf({ index, where: {} }, 'prod')).toThrow(/no name of an index/);
  });
});
