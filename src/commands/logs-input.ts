import type { Readable } from 'node:stream';
import { PatternEngine } from '../insight/patterns/engine.ts';
import { LineReader } from '../insight/patterns/reader.ts';
import { localNow } from '../model/instant.ts';
import { safeText } from '../model/safe-text.ts';
import { readLogText } from '../systems/log/log-text.ts';
import { painter } from '../text/paint.ts';
import { UsageError } from './exit.ts';
import { patternLines, patternsJson, trendsOf } from './patterns-text.ts';
import { type Context, flag, Interrupted, type Options, optionText } from './row.ts';
import { type EachLine, LineSplitter } from './split-lines.ts';

/** Of a line that is too long to be kept whole. */
const MOST_SHOWN = 16_000;
const SHAPES = 16_384;
/** For the numbers of all lines: one or two bytes each, so those of 30 million lines or more. */
const LINE_BYTES = 64 * 1024 * 1024;

/** `oncall logs -`: lines from standard input, as they stand, as JSON, or by their patterns. */
export async function run(context: Context, options: Options, input: Readable): Promise<number> {
  for (const name of ['since', 'env']) {
    if (optionText(options, name) !== undefined)
      throw new UsageError(`--${name} is for a service: standard input is read whole.`);
  }
  return flag(options, 'patterns') ? patterns(context, options, input) : lines(context, options, input);
}

async function patterns(context: Context, options: Options, input: Readable): Promise<number> {
  const json = flag(options, 'json');
  const engine = new PatternEngine({ shapes: SHAPES, lineBytes: json ? LINE_BYTES : 0 });
  const wanted = filter(options);
  let number = 0;
  const ended = await readLines(context, input, (bytes, from, to) => {
    number++;
    if (wanted(bytes, from, to)) engine.add(bytes, from, to, number);
  });
  if (ended?.exitCode === 0) return 0;
  const found = engine.patterns();
  const { stdout } = context;
  if (json) for (const part of patternsJson(found, engine, localNow())) stdout.write(part);
  else {
    const trend = trendsOf(found);
    const rows = found.map((each) => ({
      ...each,
      mark: '',
      trend: trend(each),
      level: each.levels[0] ?? ('unknown' as const),
      note: '',
    }));
    for (const line of patternLines(rows, stdout.columns, painter(stdout.color))) stdout.write(`${line}\n`);
  }
  if (number === 0) context.stderr.write('oncall: standard input was empty.\n');
  if (engine.dropped > 0) {
    context.stderr.write(
      `oncall: ${engine.dropped} lines of the rarest patterns not counted: too many different ones.\n`,
    );
  }
  return ended?.exitCode ?? 0;
}

async function lines(context: Context, options: Options, input: Readable): Promise<number> {
  const wanted = filter(options);
  const form = flag(options, 'json') ? jsonForm() : (raw: string) => `${safeText(raw)}\n`;
  let text = '';
  const flush = () => {
    if (text !== '') context.stdout.write(text);
    text = '';
  };
  const each: EachLine = (bytes, from, to, cut) => {
    if (wanted(bytes, from, to)) text += form(whole(bytes.toString('utf8', from, to), cut));
  };
  const ended = await readLines(context, input, each, flush);
  return ended?.exitCode ?? 0;
}

/** Reads to the end; what broke it off, or null. */
async function readLines(
  context: Context,
  input: Readable,
  each: EachLine,
  batchEnded: () => void = () => {},
): Promise<Interrupted | null> {
  const signal = context.stopSignal();
  const splitter = new LineSplitter(each);
  const stop = () => input.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of input) {
      splitter.push(chunk);
      batchEnded();
      if (signal.aborted) break;
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  splitter.end();
  batchEnded();
  return signal.reason instanceof Interrupted ? signal.reason : null;
}

/** A line that was not kept whole says so, and how long it is. */
function whole(raw: string, cut: number): string {
  return cut === 0 ? raw : `${raw.slice(0, MOST_SHOWN)}… (${raw.length - MOST_SHOWN + cut} more bytes)`;
}

/** In any case, as Splunk finds it. */
function filter(options: Options): (bytes: Buffer, from: number, to: number) => boolean {
  const grep = optionText(options, 'grep');
  if (grep === undefined) return () => true;
  const wanted = new RegExp(grep.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
  return (bytes, from, to) => wanted.test(bytes.toString('utf8', from, to));
}

/** As `logs S --json`; what a line does not tell is null. */
function jsonForm(): (raw: string) => string {
  const reader = new LineReader();
  return (raw) => {
    const { level, message, version, fields } = readLogText(raw);
    const bytes = Buffer.from(raw);
    reader.read(bytes, 0, bytes.length);
    const at = Number.isNaN(reader.at) ? null : new Date(reader.at).toISOString();
    const instance = reader.instance === null ? null : safeText(reader.instance);
    return `${JSON.stringify({ at, indexed_at: null, level, message, instance, version, fields, late: false })}\n`;
  };
}
