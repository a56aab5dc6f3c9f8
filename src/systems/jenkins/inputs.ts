import type { WaitingStep } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import { safeText } from '../../model/safe-text.ts';
import { SYSTEM } from './failure.ts';
import { jobPath } from './job.ts';
import type { PendingInput } from './wire.ts';

/** An input step of a build. */
export interface InputRef {
  readonly job: string;
  readonly build: number;
  readonly input: string;
}

export function stepId({ job, build, input }: InputRef): string {
  return `${encodeURIComponent(job)}/${build}/${encodeURIComponent(input)}`;
}

/** Throws `not_found` for what is no step of ours. */
export function parseStepId(id: string): InputRef {
  const [, job, build, input] = /^([^/]+)\/(\d+)\/([^/]+)$/.exec(id) ?? [];
  try {
    if (job !== undefined && input !== undefined) {
      return { job: decodeURIComponent(job), build: Number(build), input: decodeURIComponent(input) };
    }
  } catch {
    // Falls through: no encoding of ours.
  }
  throw new Failure(SYSTEM, 'not_found', `There is no step ${id} in Jenkins.`);
}

export function toWaitingStep(
  base: string,
  { job, build }: Pick<InputRef, 'job' | 'build'>,
  pending: PendingInput,
  since: Instant | null,
): WaitingStep {
  return {
    system: SYSTEM,
    id: stepId({ job, build, input: pending.id }),
    label: pending.message,
    since,
    asks: pending.inputs.filter((one) => defaultOf(one) === null).map(({ name }) => safeText(name)),
    url: safeText(`${base}${jobPath(job)}/${build}/input/`),
  };
}

/**
 * Body of `inputSubmit`. Every parameter goes along with its default: one that is left out is left out of what the
 * pipeline gets, with no default put in (pipeline-input-step-plugin, InputStepExecution.parseValue).
 */
export function submission({ inputs }: PendingInput): string {
  return JSON.stringify({ parameter: inputs.map((one) => ({ name: one.name, value: defaultOf(one) })) });
}

/** What Jenkins would put in by itself; null: nothing. A password's is never taken out of Jenkins. */
function defaultOf({ type, definition }: PendingInput['inputs'][number]): string | boolean | null {
  const value = definition?.defaultVal;
  if (type.startsWith('Password')) return null;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
