import { expect, test } from 'vitest';
import { splitPipeline } from '../../../src/practice/servers/splunk/spl/tokens.ts';
import { createRandom } from '../../../src/practice/world/random.ts';
import type { Random } from '../../../src/practice/world/world.ts';
import { refuseRisky } from '../../../src/systems/splunk/risky.ts';
import { readSpl } from '../../../src/systems/splunk/spl-commands.ts';

const names = (text: string) => [...new Set(readSpl(text).commands.map(({ name }) => name))];

test.each<[string, string[]]>([
  ['search a | stats count by b', ['search', 'stats']],
  ['| makeresults|eval x="a | b"', ['makeresults', 'eval']],
  ['search "a \\" | delete" | head', ['search', 'head']],
  [
    'search [ | inputlookup x | fields y ] | append [search z]',
    ['search', 'inputlookup', 'fields', 'append'],
  ],
  ['search a ```| delete``` | ```note``` head 5', ['search', 'head']],
  ['search a |\n\tsort -b', ['search', 'sort']],
  ['search "never closed | delete', ['search']],
  ['search a | `keep(1)` | head', ['search', 'head']],
])('%s runs %j', (text, wanted) => {
  expect(names(text)).toEqual(wanted);
});

test('macros are told by name, those in quotes and comments are none', () => {
  expect(readSpl('search `one` [ search `two(a, b)` ] "`three`" ```four```').macros).toEqual([
    'one',
    'two(a, b)',
  ]);
});

const PIECES = [
  'level=error',
  '"a | b [ c"',
  '"\\"|"',
  '(x OR y)',
  '"["',
  'host=*',
  'a\\\\b',
  "'f'",
  '-5m',
  '```c | d```',
];

/** A pipeline, and the commands in it; with subsearches down to `depth`. */
function pipeline(random: Random, depth: number): { text: string; commands: string[] } {
  const commands: string[] = [];
  const parts = Array.from({ length: random.integer(1, 4) }, (_, index) => {
    const name = index === 0 ? 'search' : random.pick(['head', 'stats', 'Sort', 'where', 'delete', 'map']);
    commands.push(name.toLowerCase());
    const args = Array.from({ length: random.integer(0, 3) }, () => random.pick(PIECES));
    if (depth > 0 && random.next() < 0.4) {
      const inside = pipeline(random, depth - 1);
      commands.push(...inside.commands);
      args.push(`[${random.pick(['', ' ', '| '])}${inside.text} ]`);
    }
    return [name, ...args].join(' ');
  });
  return { text: parts.join(random.pick([' | ', '|', ' |  '])), commands };
}

test('every command of any pipeline is found, and no other', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const { text, commands } = pipeline(createRandom(seed, 'spl'), 2);
    expect(names(text).sort(), `seed ${seed}: ${text}`).toEqual([...new Set(commands)].sort());
    const risky = commands.some((name) => name === 'delete' || name === 'map');
    const refuse = () => refuseRisky(readSpl(text).commands);
    if (risky) expect(refuse, `seed ${seed}: ${text}`).toThrow(/^Not run: “(delete|map)”/);
    else expect(refuse, `seed ${seed}: ${text}`).not.toThrow();
  }
});

test('no pipe that another reader of SPL finds outside quotes is overlooked', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = createRandom(seed, 'spl');
    const marks = ['"', '\\', '|', ' delete ', ' ', 'x', '"', "'"];
    const text = `search ${Array.from({ length: random.integer(1, 14) }, () => random.pick(marks)).join('')}`;
    const parts = split(text);
    if (parts === null) continue;
    const ran = parts.slice(1).map((part) => /^[a-z]+/.exec(part)?.[0]);
    expect(names(text), `seed ${seed}: ${text}`).toEqual(
      expect.arrayContaining(ran.filter((name) => name === 'delete')),
    );
  }
});

/** null: its quotes are not balanced. */
function split(text: string): string[] | null {
  try {
    return splitPipeline(text);
  } catch {
    return null;
  }
}
