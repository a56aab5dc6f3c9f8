import { MINUTE } from '../model/instant.ts';
import type { LogLine } from '../model/log-line.ts';
import type { TailQuery } from '../model/ports/log-search.ts';
import { jsonLogLine, logLineText } from '../text/log-line.ts';
import { painter } from '../text/paint.ts';
import { count, parseDuration, timesOfDay } from '../text/time.ts';
import { UsageError } from './exit.ts';
import { printFound } from './logs-found.ts';
import { logSubjects } from './logs-subjects.ts';
import type { Subject } from './look.ts';
import { type Arguments, type Context, flag, Interrupted, type Options, optionText } from './row.ts';

const SINCE_MS = 15 * MINUTE;
const MOST_LINES = 1_000;

/** `oncall logs SERVICE`: its newest lines, oldest first; with `-f` everything that comes after them too, of several services where they are named; `-` stands for standard input. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  if (args[0] === '-' && args.length > 1) throw new UsageError('-, standard input, stands alone.');
  if (args[0] === '-') return (await import('./logs-input.ts')).run(context, options, process.stdin);
  const since = optionText(options, 'since');
  const sinceMs = since === undefined ? SINCE_MS : parseDuration(since);
  if (sinceMs === null) throw new UsageError(`--since '${since}' is no duration: write 30s, 15m, 2h or 1d.`);
  const subject = await logSubjects(context, args, options);
  const contains = optionText(options, 'grep');
  const query: TailQuery = {
    service: subject.service,
    environment: subject.environment.name,
    sinceMs,
    others: subject.others,
    ...(contains === undefined ? {} : { contains }),
  };
  if (flag(options, 'patterns')) {
    return (await import('./logs-patterns.ts')).run(context, options, subject, query);
  }
  const paint = painter(context.stdout.color);
  const json = flag(options, 'json');
  const names = [subject.service, ...subject.others].map(({ name }) => name.length);
  const whose = names.length === 1 ? 0 : Math.max(...names);
  const form = json ? jsonLogLine : (line: LogLine) => `${logLineText(line, paint, whose)}\n`;
  if (flag(options, 'follow')) {
    const print = (lines: readonly LogLine[]) => context.stdout.write(lines.map(form).join(''));
    return follow(context, subject, query, print);
  }
  const search = await subject.systems.logSearch();
  printFound(context, await search.search(query, MOST_LINES, context.stopSignal()), MOST_LINES, form, json);
  return 0;
}

type Print = (lines: readonly LogLine[]) => void;

async function follow(
  context: Context,
  { systems }: Subject,
  query: TailQuery,
  print: Print,
): Promise<number> {
  const signal = context.stopSignal();
  const search = await systems.logSearch();
  let told: string | null = null;
  for await (const step of search.tail(query, signal)) {
    if (signal.aborted) break;
    if (step.kind === 'trouble') {
      const wait = Math.ceil(step.nextTryMs / 1000);
      context.stderr.write(
        `oncall: ${step.failure.system}: ${step.failure.text} Trying again in ${wait} s.\n`,
      );
      continue;
    }
    const why = step.batch.way?.why ?? null;
    if (why !== null && why !== told) context.stderr.write(`oncall: ${why}: polled each 10 s.\n`);
    told = why ?? told;
    print(step.batch.lines);
    if (step.batch.notShown > 0) {
      const { notShown, notShownIn } = step.batch;
      const when = notShownIn === undefined ? '' : ` of ${timesOfDay(notShownIn)}`;
      context.stderr.write(`oncall: ${count(notShown, 'line')}${when} not shown: too many at once.\n`);
    }
  }
  return signal.reason instanceof Interrupted ? signal.reason.exitCode : 0;
}
