import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../src/commands/logs-input.ts';
import type { Context, Output } from '../../src/commands/row.ts';
import type { LogLine } from '../../src/model/log-line.ts';
import { toLogLine } from '../../src/systems/splunk/log-line.ts';
import { jsonLogLine, logFileLine, logLineText } from '../../src/text/log-line.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, logView } from './story.ts';

/** Fault rows 26 and 27: OSC 52, a C1 sequence, bidi, a tag, NUL, a lone surrogate, no width, a line separator. */
const HOSTILE = 'pay\u001b]52;c;aGFja2Vk\u0007\u009b2J\u202eelif\u2069\u{e0041}\u0000\ud800\u200b\u2028end';
/** What none of our output may hold; our own colours and newlines are no part of it. */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\u{e0000}-\u{e0fff}]|\u001b(?!\[[\d;:]*m)/u;
/** Modes of the terminal that the cockpit itself sets. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const MODES = /\u001b\[\?[\d;]+[hl]/g;

/** The first thing in our output that a terminal would obey, or that hides or reorders text; null: nothing. */
function obeyed(output: string): string | null {
  return OBEYED.exec(output.replaceAll(MODES, ''))?.[0] ?? null;
}

/** What a reader of a JSON document gets of it: all names and values, unescaped. */
function stringsOf(document: unknown): string {
  if (typeof document !== 'object' || document === null) return `${document}`;
  return Object.entries(document)
    .map(([name, value]) => `${name} ${stringsOf(value)}`)
    .join(' ');
}

/** As Splunk's results have them: in the text, in the names and the values of fields, and in what Splunk tells itself. */
function hostileLines(): LogLine[] {
  const raws = [
    HOSTILE,
    JSON.stringify({
      level: 'error',
      message: HOSTILE,
      version: HOSTILE,
      [HOSTILE]: HOSTILE,
      in: { [HOSTILE]: HOSTILE },
    }),
    `level=error msg="${HOSTILE}" version=${HOSTILE} job=${HOSTILE}`,
    `Lost ${HOSTILE} after 3 attempts`,
  ];
  return raws.flatMap((_raw, index) => {
    const row = {
      _raw,
      _time: new Date(EPOCH + index).toISOString(),
      _indextime: String(Math.floor(EPOCH / 1_000)),
      _cd: `1:${index}`,
      _bkt: HOSTILE,
      host: HOSTILE,
      instance: HOSTILE,
      [HOSTILE]: HOSTILE,
    };
    return toLogLine(row, 'charge-central', () => false) ?? [];
  });
}

test('hostile log lines are inert in the pane: folded, unfolded, wrapped, highlighted and as patterns', async () => {
  const sitting = new Sitting();
  sitting.watch.logs('charge-central', 'prod').set(logView(hostileLines()));
  await sitting.sees('after 3 attempts');
  await sitting.press('4', 'Space', 'k', 'k', 'Enter');
  await sitting.sees('level: error');
  await sitting.press('w', 'f', 'H');
  await sitting.types('pay');
  await sitting.press('Enter', 'P');
  await sitting.sees('Lost pay');
  await sitting.seesNoMore('after 3 attempts');
  expect(obeyed(sitting.drawn)).toBeNull();
});

test('hostile log lines are inert in the output of commands, as text and as JSON', () => {
  for (const line of hostileLines()) {
    expect(obeyed(logLineText(line, (_tone, text) => text))).toBeNull();
    expect(obeyed(logFileLine(line))).toBeNull();
    expect(obeyed(stringsOf(JSON.parse(jsonLogLine(line))))).toBeNull();
  }
});

test.each([{}, { json: true }, { patterns: true }, { patterns: true, json: true }])(
  'hostile standard input is inert: oncall logs - %o',
  async (options) => {
    const raws = [
      HOSTILE,
      `{"level":"error","message":${JSON.stringify(HOSTILE)},"host":"${HOSTILE}","version":"${HOSTILE}"}`,
    ];
    const input = Readable.from(raws.map((raw) => Buffer.from(`${raw}\n`)));
    let written = '';
    const output: Output = {
      isTerminal: false,
      columns: 0,
      rows: 0,
      color: false,
      write: (text) => {
        written += text;
      },
    };
    const refuse = () => Promise.reject(new Error('not needed'));
    const context: Context = {
      configFile: undefined,
      readOnly: false,
      env: {},
      stdout: output,
      stderr: output,
      config: refuse,
      systems: refuse,
      stopSignal: () => new AbortController().signal,
    };
    await run(context, options, input);
    expect(written).toContain('pay');
    const documents =
      'json' in options
        ? written
            .trim()
            .split('\n')
            .map((each) => JSON.parse(each))
        : [];
    expect(obeyed(written + stringsOf(documents))).toBeNull();
  },
);

test('a filter and a highlight that would ruin a backtracking engine take linear time', async () => {
  const sitting = new Sitting();
  const [line] = hostileLines();
  if (line === undefined) throw new Error('there is a line');
  const long = toLogLine(
    { _raw: `${'a'.repeat(15_000)}!`, _time: new Date(EPOCH).toISOString(), _indextime: '1', _cd: '1:9' },
    'charge-central',
    () => false,
  );
  sitting.watch.logs('charge-central', 'prod').set(logView(long === null ? [line] : [line, long]));
  await sitting.press('4', '/');
  await sitting.types('(a+)+$');
  await sitting.press('Enter');
  await sitting.sees('No line passes the filters');
  await sitting.press('X', 'Enter');
  await sitting.press('H');
  await sitting.types('(a|aa)+$');
  await sitting.press('Enter');
  await sitting.sees('aaaa');
});
