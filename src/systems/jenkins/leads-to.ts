import type { Job } from './job.ts';
import { hasBegun, pausedStage, stageNamed } from './stages.ts';
import type { PendingInput, Run } from './wire.ts';

/**
 * Whether an input is what a build's deploy to that environment waits for: the environments that its id, its message
 * or the stage around it names (`Approve-prod`, `Deploy to production?`); one that names none is before whatever was
 * not deployed so far.
 */
export function leadsTo(job: Job, pending: PendingInput, run: Run | null): boolean {
  const stage = run === null ? null : stageNamed(run, job.stage);
  if (stage !== null && hasBegun(stage) && stage.status !== 'PAUSED_PENDING_INPUT') return false;
  const around = run === null ? null : pausedStage(run);
  const text = `${pending.id} ${pending.message} ${around?.name ?? ''}`;
  const named = namesIn(text, [job.environment, ...job.otherEnvironments]);
  return named.size === 0 || named.has(job.environment);
}

/** Each where a word begins with it; a longer name is not taken for a shorter one in it (`pre-prod`). */
function namesIn(text: string, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let left = slug(text);
  for (const name of names.toSorted((one, other) => other.length - one.length)) {
    const word = slug(name);
    if (!left.includes(word)) continue;
    found.add(name);
    left = left.replaceAll(word, '-');
  }
  return found;
}

function slug(text: string): string {
  return `-${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-')}`;
}
