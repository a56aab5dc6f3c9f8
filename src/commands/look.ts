import type { LoadedConfig } from '../config/types.ts';
import type { Environment, Service } from '../model/catalog.ts';
import { localNow } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import type { Reading } from '../model/reading.ts';
import { readingPhrase } from '../text/reading.ts';
import { UNKNOWN } from './exit.ts';
import { environmentNamed, placed, serviceNamed } from './names.ts';
import { type Arguments, type Context, type Options, optionText } from './row.ts';

/** What a command about one service works on; what was typed is checked before anything is asked. */
export interface Subject {
  readonly loaded: LoadedConfig;
  readonly systems: Systems;
  readonly service: Service;
  readonly environment: Environment;
}

export async function subjectOf(context: Context, args: Arguments, options: Options): Promise<Subject> {
  const loaded = await context.config();
  const service = serviceNamed(loaded.catalog, args[0] ?? '');
  const environment = environmentNamed(loaded.catalog, optionText(options, 'env'));
  placed(service, environment);
  return { loaded, systems: await context.systems(), service, environment };
}

/** The value that a command is about: a system that did not answer is told, and decides the exit code. */
export function exitOf(context: Context, reading: Reading<unknown>): number {
  if (reading.error === null) return 0;
  if (reading.error.code === 'not_configured') throw reading.error;
  context.stderr.write(`oncall: ${reading.source} ${readingPhrase(reading, localNow()).text}\n`);
  return UNKNOWN;
}

/** Something beside the matter did not answer: said, and the rest goes on. */
export function mention(context: Context, reading: Reading<unknown>, what: string): void {
  if (reading.error === null) return;
  context.stderr.write(`oncall: ${what}: ${reading.source} ${readingPhrase(reading, localNow()).text}\n`);
}
