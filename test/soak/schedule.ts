import fc from 'fast-check';
import type { ActionName, SignalAction } from '../../src/actions/types.ts';

/** Writes to PagerDuty and to stacks; those to signals go through the same engine to systems with laws of their own. */
export type SoakedAction = Exclude<ActionName, SignalAction['action'] | 'unblock_deploy'>;

/** A call of a port, counted within planning or within what follows the confirmation. */
export interface Moment {
  readonly phase: 'plan' | 'run';
  readonly call: number;
}

/** What one person wants; the numbers choose among what the world has. */
export interface Wish {
  readonly action: SoakedAction;
  readonly choice: number;
  readonly several: boolean;
}

/** As `POST /faults` takes it, and when it is ordered; null: before anything is read. */
export interface FaultWish {
  readonly on: 'write' | 'read' | 'anything';
  readonly fault: string;
  readonly status: number | null;
  readonly ms: number | null;
  readonly times: number;
  readonly at: Moment | null;
}

export interface Death {
  readonly at: Moment;
  /** Before the request leaves, while it is under way, or after its answer came. */
  readonly side: 'before' | 'during' | 'after';
  /** The journal was being written to. */
  readonly torn: boolean;
}

/** Somebody else at the same time; `watch`: the same person, attaching in another terminal to what is under way. */
export interface Other {
  readonly does: Wish | 'the same' | 'watch';
  readonly who: 'sam' | 'dora';
  /** On the same machine: one journal for both. */
  readonly sharesJournal: boolean;
  /** `between`: wholly between the first one's plan and confirmation. */
  readonly begins: 'together' | 'between' | Moment;
}

/** One night of one person: what they do, how often they press, and everything that goes wrong. */
export interface Schedule {
  readonly wish: Wish;
  readonly presses: number;
  readonly runsTwice: boolean;
  readonly faults: readonly FaultWish[];
  readonly interrupted: Moment | null;
  /** Of the first program, of the one started after it, and so on. */
  readonly deaths: readonly Death[];
  readonly other: Other | null;
  /** In the place of all that: a rollback by the program itself, killed after so many milliseconds; null: not so. */
  readonly childKilledAfterMs: number | null;
}

/** So long past the deadlines of `Terminal` that the answer is not waited for. */
export const LATE_MS = 400;

const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ phase: fc.constant('run' as const), call: fc.nat({ max: 7 }) }) },
  { weight: 1, arbitrary: fc.record({ phase: fc.constant('plan' as const), call: fc.nat({ max: 9 }) }) },
);

const action = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<SoakedAction>('acknowledge', 'resolve', 'escalate', 'note') },
  { weight: 3, arbitrary: fc.constantFrom<SoakedAction>('snooze', 'reroute', 'note') },
  { weight: 2, arbitrary: fc.constantFrom<SoakedAction>('rollback', 'cancel_update', 'continue_rollback') },
);

const wish: fc.Arbitrary<Wish> = fc.record({ action, choice: fc.nat({ max: 999 }), several: fc.boolean() });

const kind = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('reset_before', 'reset_after', 'delay') },
  { weight: 4, arbitrary: fc.constantFrom('hang', 'status', 'truncate', 'garbage', 'drip') },
);

const fault: fc.Arbitrary<FaultWish> = fc
  .record({
    on: fc.constantFrom<FaultWish['on']>('write', 'write', 'read', 'anything'),
    fault: kind,
    status: fc.constantFrom(500, 503, 502, 429, 400, 401, 403, 404, 409),
    late: fc.boolean(),
    times: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(4) }),
    at: fc.option(moment, { freq: 2 }),
  })
  .map(({ late, status, ...rest }) => ({
    ...rest,
    status: rest.fault === 'status' ? status : null,
    ms: rest.fault === 'delay' ? (late ? LATE_MS : 40) : rest.fault === 'drip' ? (late ? 20 : 0) : null,
    // What is awaited at a write is ordered before: it waits for its operation.
    at: rest.on === 'write' ? null : rest.at,
  }));

const death: fc.Arbitrary<Death> = fc.record({
  at: moment,
  side: fc.constantFrom<Death['side']>('before', 'during', 'after'),
  torn: fc.boolean(),
});

const other: fc.Arbitrary<Other> = fc.record({
  does: fc.oneof(
    { weight: 2, arbitrary: fc.constant('the same' as const) },
    { weight: 2, arbitrary: wish },
    { weight: 1, arbitrary: fc.constant('watch' as const) },
  ),
  who: fc.constantFrom<Other['who']>('dora', 'dora', 'sam'),
  sharesJournal: fc.boolean(),
  begins: fc.oneof(fc.constantFrom('together' as const, 'between' as const), moment),
});

const inProcess: fc.Arbitrary<Schedule> = fc.record({
  wish,
  presses: fc.constantFrom(1, 1, 1, 2, 3),
  runsTwice: fc.constantFrom(false, false, false, true),
  faults: fc.array(fault, { maxLength: 3 }),
  interrupted: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: moment }),
  deaths: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(death, { minLength: 1, maxLength: 2 }) },
  ),
  other: fc.option(other, { freq: 2 }),
  childKilledAfterMs: fc.constant(null),
});

const killedProcess = fc.tuple(inProcess, fc.integer({ min: 200, max: 4_000 })).map(
  ([base, childKilledAfterMs]): Schedule => ({
    ...base,
    wish: { ...base.wish, action: 'rollback' },
    childKilledAfterMs,
  }),
);

export const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 80, arbitrary: inProcess },
  { weight: 1, arbitrary: killedProcess },
);
