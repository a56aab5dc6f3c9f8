import type { Judgement, RollbackFacts } from '../../../../src/insight/rollback/facts.ts';

/** A check, how it ends in a world that differs so from the good one, and what its sentence says. */
export type Case = readonly [
  id: string,
  result: Judgement['result'],
  world: Partial<RollbackFacts>,
  says: string,
];
