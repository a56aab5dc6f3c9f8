import { ConfigError } from './error.ts';

export type Path = readonly (string | number)[];

/** One thing wrong in a configuration, at a key; `message` never repeats a value, which might be a secret. */
export interface Problem {
  readonly path: Path;
  /** True: the place is the key itself, not its value. */
  readonly atKey?: boolean;
  readonly message: string;
}

const SHOWN = 5;

/** One line a problem, each beginning with its place; the rest only counted. */
export function refuse(problems: readonly Problem[], place: (problem: Problem) => string): never {
  const lines = problems.slice(0, SHOWN).map((problem) => `${place(problem)}: ${problem.message}`);
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more problems`);
  throw new ConfigError(lines.join('\n'));
}

export function keyName(path: Path): string {
  return path.join('.');
}
