import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../../src/commands/logs-input.ts';
import type { Context, Output } from '../../../src/commands/row.ts';

async function piped(text: string, options: Record<string, string | boolean>, step = 7) {
  let stdout = '';
  const output = (write: (text: string) => void): Output => ({
    isTerminal: false,
    columns: 0,
    rows: 0,
    color: false,
    write,
  });
  const refuse = () => Promise.reject(new Error('not needed'));
  const context: Context = {
    configFile: undefined,
    readOnly: false,
    env: {},
    stdout: output((written) => {
      stdout += written;
    }),
    stderr: output(() => {}),
    config: refuse,
    systems: refuse,
    stopSignal: () => new AbortController().signal,
  };
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, n) =>
    bytes.subarray(n * step, (n + 1) * step),
  );
  expect(await run(context, options, Readable.from(chunks))).toBe(0);
  return stdout;
}

const LOG =
  'Lost 1 key\r\n\nGårdag är slut\n{"level":"warn","message":"Lost 2 key","ts":"2026-11-17T03:12:00Z"}\nLost 3 key';

test.each([1, 7, 10_000])('lines come out whole, however they come in (%i bytes at once)', async (step) => {
  expect(await piped(LOG, { grep: 'LOST' }, step)).toBe(
    'Lost 1 key\n{"level":"warn","message":"Lost 2 key","ts":"2026-11-17T03:12:00Z"}\nLost 3 key\n',
  );
  expect(await piped(LOG, { grep: 'är' }, step)).toBe('Gårdag är slut\n');
});

test('as JSON a line has the fields of a service’s line', async () => {
  const [line = ''] = (await piped(LOG, { json: true, grep: 'warn' })).split('\n');
  expect(JSON.parse(line)).toMatchObject({
    at: '2026-11-17T03:12:00.000Z',
    indexed_at: null,
    level: 'warn',
    message: 'Lost 2 key',
    instance: null,
    version: null,
    late: false,
  });
});

test('patterns tell their lines by the number in the input', async () => {
  const document = JSON.parse(await piped(LOG, { patterns: true, json: true, grep: 'Lost' }));
  expect(document).toMatchObject({ schema: 1, lines_read: 3, lines_dropped: 0 });
  expect(document.patterns).toMatchObject([
    { template: 'Lost <*> key', count: 3, new: false, lines: [1, 4, 5], lines_left_out: 0 },
  ]);
  expect(await piped(LOG, { patterns: true })).toContain(
    '3  2026-11-17T03:12:00Z  2026-11-17T03:12:00Z  WARN  Lost <*> key\n',
  );
});

test('--grep takes text as it stands, in any case', async () => {
  const log = 'a [b] (c) costs $5.00?\na b c costs 5x00\nÅÄÖ {n|m} *^\\/\n';
  expect(await piped(log, { grep: '[B] (c) costs $5.00?' })).toBe('a [b] (c) costs $5.00?\n');
  expect(await piped(log, { grep: 'åäö {n|m} *^\\/' })).toBe('ÅÄÖ {n|m} *^\\/\n');
});
