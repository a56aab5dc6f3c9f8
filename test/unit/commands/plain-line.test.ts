import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPlainLine } from '../../../src/commands/plain-line.ts';
import { readCommandLine } from '../../../src/commands/program.ts';
import { globalOptions, table } from '../../../src/commands/table.ts';

const plain = (argv: readonly string[]) => readPlainLine(argv, table, globalOptions);
const full = (argv: readonly string[]) =>
  readCommandLine(argv, table, globalOptions, {
    version: '0',
    columns: 0,
    color: false,
    write: () => {},
    paint: (_style, text) => text,
  });

test('what runs at every prompt is plain', () => {
  const read = plain(['status', '--short', '--squad', 'billing', '--config', 'oncall.yaml', '--no-color']);
  expect(read).toMatchObject({
    row: { name: 'status' },
    options: { short: true, squad: 'billing' },
    global: { config: 'oncall.yaml', color: false },
  });
});

describe('left to the whole parser', () => {
  test.each([
    ['help', ['--help']],
    ['an unknown command', ['stauts']],
    ['an unknown option', ['status', '--shrot']],
    ['a command with arguments', ['ack', 'Q1']],
    ['an argument too many', ['status', 'billing']],
    ['a value behind an equals sign', ['status', '--squad=billing']],
    ['a missing value', ['status', '--squad']],
    ['a short option', ['-V']],
    ['an option before its command', ['--json', 'status']],
  ])('%s', (_name, argv) => expect(plain(argv)).toBeNull());
});

test('whatever is plain is read as the whole parser reads it', () => {
  const flags = table
    .flatMap(({ options }) => options)
    .flatMap(({ flags }) => flags.match(/--[a-z-]+/) ?? []);
  const words = [
    'status',
    'incidents',
    'journal',
    'config',
    'demo',
    'logs',
    'billing',
    '',
    '--',
    '-f',
    '--help',
  ];
  const word = fc.constantFrom(...words, ...flags, '--config', '--read-only', '--no-color', '--config=x');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      const read = plain(argv);
      if (read !== null) expect(read).toEqual(full(argv));
    }),
    { numRuns: 2_000 },
  );
});
