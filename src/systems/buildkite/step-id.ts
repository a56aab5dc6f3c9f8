import { Failure } from '../../model/failure.ts';
import { SYSTEM } from './failure.ts';

/** Where a job is: `charge-central/413/018f…`. */
export interface StepPlace {
  readonly pipeline: string;
  readonly number: number;
  readonly job: string;
}

export function encodeStep({ pipeline, number, job }: StepPlace): string {
  return `${pipeline}/${number}/${job}`;
}

/** It becomes a part of an address: nothing but what such an id consists of. */
export function decodeStep(id: string): StepPlace {
  const [, pipeline, number, job] = /^([\w-]+)\/(\d+)\/([\w-]+)$/.exec(id) ?? [];
  if (pipeline !== undefined && number !== undefined && job !== undefined) {
    return { pipeline, number: Number(number), job };
  }
  throw new Failure(SYSTEM, 'not_found', `${id} is no step of a build.`);
}
