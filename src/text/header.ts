import type { Environment } from '../model/catalog.ts';
import type { Paint } from './paint.ts';

/** ` PRACTICE ` and the environment's name, neither to be overlooked. */
export function worldMarks(practice: boolean, environment: Environment, paint: Paint): string {
  const name = environment.guarded
    ? paint('production', environment.name)
    : paint('accent', environment.name);
  return practice ? `${paint('practice', 'PRACTICE')} ${name}` : name;
}
