import { expect, test } from 'vitest';
import { type Counted, errorRate } from '../../../../src/insight/rollback/error-rate.ts';
import { MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';

const counted = (count: number, minutes: number, atLeast = false): Counted => ({
  kind: 'counted',
  count,
  atLeast,
  spanMs: minutes * MINUTE,
});
const UNREAD: Counted = { kind: 'unread', why: ownText('Splunk: no answer within 15 s') };
const IMPOSSIBLE: Counted = { kind: 'impossible', why: ownText('Splunk is not configured.') };
const LOOK = 'oncall logs charge-central --env prod';
const NEXT =
  'The version is back all the same: look at what is logged now (oncall logs charge-central --env prod), and for another cause.';

test.each<[string, Counted, Counted, string]>([
  ['gone', counted(123, 3), counted(0, 1), '41 errors a minute before, none after.'],
  ['fell', counted(123, 3), counted(2, 1), '41 errors a minute before, 2 after.'],
  ['fell by half', counted(60, 3), counted(10, 1), '20 errors a minute before, 10 after.'],
  ['few', counted(3, 3), counted(0, 1), '1 error a minute before, none after.'],
  ['less than one a minute', counted(1, 3), counted(0, 1), '0.3 errors a minute before, none after.'],
  ['hardly any', counted(1, 60), counted(0, 1), '0.1 errors a minute before, none after.'],
  ['never any', counted(0, 3), counted(0, 1), 'No errors before, none after.'],
  [
    'too few to tell',
    counted(1, 3),
    counted(1, 1),
    `0.3 errors a minute before, 1 after: too few to tell whether they fell. Look with ${LOOK}.`,
  ],
  [
    'one came',
    counted(0, 3),
    counted(1, 1),
    `No errors before, 1 after: too few to tell whether they fell. Look with ${LOOK}.`,
  ],
  [
    'did not fall',
    counted(114, 3),
    counted(35, 1),
    `Errors did not fall: 38 a minute before, 35 after. ${NEXT}`,
  ],
  [
    'fell a little',
    counted(114, 3),
    counted(25, 1),
    `Errors fell a little only: 38 a minute before, 25 after. ${NEXT}`,
  ],
  ['rose', counted(114, 3), counted(90, 1), `Errors rose: 38 a minute before, 90 after. ${NEXT}`],
  ['none before', counted(0, 3), counted(5, 1), `No errors before, but 5 a minute after. ${NEXT}`],
  ['a shorter span after', counted(120, 3), counted(5, 0.5), '40 errors a minute before, 10 after.'],
  ['many more before', counted(900, 3, true), counted(2, 1), 'At least 300 errors a minute before, 2 after.'],
  [
    'maybe many more before',
    counted(60, 3, true),
    counted(20, 1),
    `At least 20 errors a minute before, 20 after: whether they fell is not known. Look with ${LOOK}.`,
  ],
  [
    'maybe many more after',
    counted(120, 3),
    counted(2, 1, true),
    `40 errors a minute before, at least 2 after: whether they fell is not known. Look with ${LOOK}.`,
  ],
  [
    'surely as many after',
    counted(120, 3),
    counted(40, 1, true),
    `Errors did not fall: 40 a minute before, at least 40 after. ${NEXT}`,
  ],
  [
    'nothing of what was read',
    counted(120, 3),
    counted(0, 1, true),
    `40 errors a minute before; those after could not be counted (the log was not read to its end): look with ${LOOK}.`,
  ],
  [
    'unread after',
    counted(123, 3),
    UNREAD,
    `41 errors a minute before; those after could not be counted (Splunk: no answer within 15 s): look with ${LOOK}.`,
  ],
  [
    'unread before',
    UNREAD,
    counted(2, 1),
    '2 errors a minute after; those before could not be counted (Splunk: no answer within 15 s).',
  ],
  [
    'unread',
    UNREAD,
    UNREAD,
    `Errors could not be counted (Splunk: no answer within 15 s): look with ${LOOK}.`,
  ],
  ['not configured', IMPOSSIBLE, UNREAD, 'Errors are not counted: Splunk is not configured.'],
  ['not permitted any more', counted(1, 3), IMPOSSIBLE, 'Errors are not counted: Splunk is not configured.'],
])('errors over a rollback: %s', (_name, before, after, says) => {
  expect(errorRate(before, after, LOOK)).toBe(says);
});
