import { type Answers, type Placements, provisional } from '../../config/answers.ts';
import { type Diagnosis, diagnose } from '../../insight/doctor.ts';
import type { FailureCode } from '../../model/failure.ts';
import { candidates } from '../../systems/probes.ts';
import { rowLines } from '../../text/doctor-lines.ts';
import { nameOf, toRow } from '../doctor/rows.ts';
import type { Talk } from './talk.ts';

export interface Place {
  readonly file: string;
  readonly folder: string;
  readonly email: string | undefined;
}

export interface Trial {
  readonly ok: boolean;
  /** null: it answered. */
  readonly code: FailureCode | null;
  readonly diagnosis: Diagnosis;
}

export interface Tried {
  readonly system: string;
  readonly environment: string | null;
  readonly stacks?: Placements;
}

/** What a probe wants mended at the services comes too early: they are found when all systems are known. */
const ABOUT_SERVICES = /\bservices\.NAME\b/;

/** Asks a system who we are, as `oncall doctor` does, and prints its row. null: there is nothing to ask. */
export async function tryOut(
  talk: Talk,
  answers: Answers,
  place: Place,
  tried: Tried,
  signal: AbortSignal,
): Promise<Trial | null> {
  const { configured } = candidates(provisional(answers, place, tried.stacks));
  const candidate = configured.find(
    ({ system, environment }) => system === tried.system && environment === tried.environment,
  );
  if (candidate === undefined) return null;
  talk.say(talk.paint('muted', `asking ${nameOf(candidate)} …`), 2);
  const examination = await candidate.examine(signal);
  signal.throwIfAborted();
  const told = diagnose(examination, null);
  const isEarly = told.failure === null && ABOUT_SERVICES.test(told.fix ?? '');
  const diagnosis = isEarly ? { ...told, ok: true, problem: null, fix: null } : told;
  talk.write(
    ...rowLines(toRow(diagnosis), nameOf(candidate).length, talk.columns - 2, talk.paint).map(
      (line) => `  ${line}`,
    ),
  );
  return { ok: diagnosis.ok, code: diagnosis.failure?.code ?? null, diagnosis };
}

export type Next = 'again' | 'anew' | 'keep' | 'leave';

/** What to do about a system that did not answer well. */
export function whatNext(talk: Talk, mayLeaveOut = true): Promise<Next> {
  return talk.choose<Next>('What now', [
    ['answer its questions anew', 'anew'],
    ['ask it once more as it is, when something was mended', 'again'],
    ['keep it as it is, and mend it later (oncall doctor tells)', 'keep'],
    ...(mayLeaveOut ? [['leave it out', 'leave'] as const] : []),
  ]);
}
