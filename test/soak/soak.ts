import fc from 'fast-check';
import { broken } from './law.ts';
import { play } from './night.ts';
import { type Schedule, schedule } from './schedule.ts';
import { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { Tally } from './tally.ts';

export interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  /** Plays those schedules too that kill a process of its own; else they are passed over. */
  readonly children: boolean;
  /** fast-check's own, of a failure that is to be seen again. */
  readonly path?: string;
  /** Ends it early; every schedule that was begun is played to its end. */
  readonly until?: AbortSignal;
  /** After each schedule. */
  readonly onPlayed?: (tally: Tally) => void;
}

/** The law was broken; the message has the seed and the path that show it again. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
}

/** Plays random schedules one after the other, in worlds that are used for many of them. */
export async function soak(options: SoakOptions, tally = new Tally()): Promise<Tally> {
  const { runs, seed, children, path, until, onPlayed } = options;
  let stage = await Stage.set();
  const once = async (wanted: Schedule) => {
    if (until?.aborted === true || (wanted.childKilledAfterMs !== null && !children)) return;
    if (stage.isWorn) {
      await stage.strike();
      stage = await Stage.set();
    }
    const story = await play(stage, wanted);
    const found = broken(stage.state, story);
    tally.add(wanted, story);
    onPlayed?.(tally);
    stage.settle(story.subject.service);
    if (found.length > 0) throw new LawBroken(`${found.join('\n')}\n${told(story)}`);
  };
  try {
    const checked = await fc.check(fc.asyncProperty(schedule, once), {
      numRuns: runs,
      seed,
      // What hangs on timing does not shrink: the schedule as it was drawn is told.
      endOnFailure: true,
      ...(path === undefined ? {} : { path }),
    });
    if (checked.failed) {
      const again = `npm run soak -- --runs 1 --seed ${checked.seed} --path ${checked.counterexamplePath}`;
      throw new LawBroken(
        `${checked.errorInstance instanceof Error ? checked.errorInstance.stack : checked.errorInstance}\n` +
          `in the schedule ${fc.stringify(checked.counterexample)}\nto see it again: ${again}`,
      );
    }
    return tally;
  } finally {
    await stage.strike();
  }
}

function told({ tellings, journal, requests, struck, notes }: Story): string {
  return [
    `faults: ${struck.join(', ')}; ${notes.join(', ')}`,
    ...tellings.map(
      ({ intent, how, outcome }) => `told (${how} ${intent}) ${outcome.state}: ${outcome.text}`,
    ),
    ...[...journal.values()].map(
      ({ id, action, history }) =>
        `journal ${action} ${id}: ${history.map(({ state, at }) => `${state}@${at}`).join(' ')}`,
    ),
    ...requests.map(
      ({ n, at, operation, status, mutation, body }) =>
        `${n} ${at} ${operation} ${status}${mutation ? ` ${body}` : ''}`,
    ),
  ].join('\n');
}
