import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import type { CheckedSearch } from '../../model/ports/log-jobs.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { SplunkClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { refuseRisky } from './risky.ts';
import { readSpl } from './spl-commands.ts';

/**
 * Generating commands that are no ordinary words: a text that begins with one of them means the command
 * (https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Commandsbytype).
 */
const GENERATING =
  /^(tstats|mstats|mcatalog|mpreview|makeresults|inputlookup|metasearch|dbinspect|eventcount|gentimes|loadjob|multisearch|datamodel|walklex)\b/i;

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/v2/parser) */
const parsedSchema = z.object({
  commands: z
    .array(
      z.object({
        command: z.string(),
        rawargs: z.string().catch(''),
        /** `SP_STREAM`, `SP_EVENTS`, `SP_STATEFUL`: events stay events. */
        streamType: z.string().catch(''),
      }),
    )
    .default([]),
});

/** A search as Splunk wants it: it begins with a command. */
export function completed(text: string): string {
  const spl = text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
  if (spl === '') throw new Failure(SYSTEM, 'invalid', 'There is nothing to search for: write a search.');
  if (spl.startsWith('|') || /^search\b(?!\s*[=!<>])/i.test(spl)) return spl;
  return GENERATING.test(spl) ? `| ${spl}` : `search ${spl}`;
}

/** Throws a `Failure` of code `invalid` where its text has a command that does more than read; nothing is asked. */
export function refuseText(spl: string): void {
  refuseRisky(readSpl(spl).commands);
}

/**
 * Refuses by the text first, then by what Splunk's parser tells of it, which knows what macros stand for. With
 * `parse_only` no subsearch is run for that.
 */
export async function checked(
  client: SplunkClient,
  text: string,
  signal: AbortSignal | undefined,
): Promise<CheckedSearch> {
  const spl = completed(text);
  refuseText(spl);
  const options = { parse_only: true, enable_lookups: false, reload_macros: false, output_mode: 'json' };
  const body = await client.call((service) => service.parse(spl, options), signal);
  const { commands } = decode(SYSTEM, 'how it reads a search', parsedSchema, body);
  for (const { command, rawargs } of commands) {
    const inside = readSpl(rawargs, false);
    refuseRisky([{ name: command.toLowerCase(), args: rawargs }, ...inside.commands]);
    const [macro] = inside.macros;
    if (macro !== undefined) {
      const why = `Splunk does not tell what the macro “${safeText(macro)}” stands for`;
      throw new Failure(
        SYSTEM,
        'invalid',
        `Not run: ${why}. Write it out, or run the search in Splunk itself.`,
      );
    }
  }
  return { text: spl, transforms: commands.some(({ streamType }) => /REPORT$/.test(streamType)) };
}
