import { expect, test } from 'vitest';
import { printFound } from '../../../src/commands/logs-found.ts';
import type { Output } from '../../../src/commands/row.ts';
import { Failure } from '../../../src/model/failure.ts';
import { jsonLogLine } from '../../../src/text/log-line.ts';
import { logLine } from '../../component/story.ts';

const LOST = new Failure('splunk', 'server_error', 'Splunk: Unable to distribute to peer idx-2.');

function printed(incomplete: Failure | null, json: boolean) {
  const out = { stdout: '', stderr: '' };
  const to = (name: keyof typeof out): Output => ({
    write: (text) => {
      out[name] += text;
    },
    color: false,
    columns: 80,
    rows: 24,
    isTerminal: false,
  });
  const lines = [logLine(1, 'the pump is on fire')];
  printFound({ stdout: to('stdout'), stderr: to('stderr') }, { lines, incomplete }, 10, jsonLogLine, json);
  return { lines: out.stdout.trim().split('\n'), stderr: out.stderr };
}

test('lines that may be missing are told on standard error, and in JSON as the last object', () => {
  expect(printed(null, true)).toMatchObject({ lines: [expect.stringContaining('the pump')], stderr: '' });
  const lacking = printed(LOST, true);
  expect(lacking.lines).toHaveLength(2);
  expect(JSON.parse(lacking.lines[1] ?? '')).toEqual({
    incomplete: { code: 'server_error', message: LOST.message },
  });
  expect(lacking.stderr).toBe(`oncall: there may be more lines: ${LOST.message}\n`);
  expect(printed(LOST, false).lines).toHaveLength(1);
});
