import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Judgement, RollbackFacts } from '../../../../src/insight/rollback/facts.ts';
import { judge, judges } from '../../../../src/insight/rollback/judge.ts';
import { CASES } from './cases.ts';
import { facts } from './facts.ts';
import { between } from './migration-cases.ts';

function result(id: string, world: Partial<RollbackFacts>): Judgement {
  const found = judge(facts(world)).find((judgement) => judgement.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

test('in a good world nothing warns and nothing blocks', () => {
  expect(judge(facts()).filter((each) => each.result === 'warn' || each.result === 'block')).toEqual([]);
});

test('each check has a name of its own, and a sentence', () => {
  const judgements = judge(facts());
  expect(new Set(judgements.map((each) => each.id)).size).toBe(judgements.length);
  for (const { text } of judgements) expect(text).toMatch(/\.$/);
});

test.each(CASES)('%s is %s', (id, wanted, world, says) => {
  const judgement = result(id, world);
  expect(judgement.result).toBe(wanted);
  expect(judgement.text).toContain(says);
});

test.each([
  ['all of them were listed', between([]), true],
  ['some were not listed', between([], { filesComplete: false }), false],
  ['those of the other side were not read', between([], { behind: 2 }), false],
])('that no file migrates is said where %s', (_when, changes, is) => {
  expect(result('migrations', { changes }).text.includes('No file that differs')).toBe(is);
});

test('every check has a case in which it passes and one in which it warns or blocks', () => {
  const told = CASES.map(([id, wanted]) => `${id} ${wanted === 'block' ? 'warn' : wanted}`);
  const needed = judges.flatMap((each) => {
    const { id } = each(facts());
    return [`${id} pass`, `${id} warn`];
  });
  expect(needed.filter((each) => !told.includes(each))).toEqual([]);
});

test('every check has its line in docs/contracts.md', () => {
  const told = readFileSync('docs/contracts.md', 'utf8');
  const ids = judges.map((each) => each(facts()).id);
  expect(ids.filter((id) => !told.includes(`\n| \`${id}\` | `))).toEqual([]);
});
