import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ONCALL } from '../../support/practice.ts';

/** `oncall logs - ARGS` with a pipe on each side; what it writes is gathered until it ends. */
function piped(...args: readonly string[]) {
  const child = spawn(process.execPath, [ONCALL, 'logs', '-', ...args], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC' },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    said.stdout += data;
  });
  child.stderr.setEncoding('utf8').on('data', (data: string) => {
    said.stderr += data;
  });
  child.stdin.on('error', () => {}); // it has gone: what was not read is of no matter
  const ended = once(child, 'close').then(([exit]) => ({ exit: Number(exit), ...said }));
  return { child, ended };
}

const MEGABYTE = Buffer.from('Lost 5 keys\n'.repeat(100_000));

test.each([[], ['--json']])('ends quietly once its reader has gone (%s)', async (...args) => {
  const { child, ended } = piped(...args);
  child.stdout.once('data', () => child.stdout.destroy());
  const feed = () => {
    while (child.stdin.writable && child.stdin.write(MEGABYTE));
  };
  child.stdin.on('drain', feed);
  feed();
  expect(await ended).toMatchObject({ exit: 0, stderr: '' });
});

test('Ctrl-C: tells the patterns of what it has read', async () => {
  const { child, ended } = piped('--patterns');
  child.stdin.write(MEGABYTE, () => child.kill('SIGINT'));
  const { exit, stdout, stderr } = await ended;
  expect({ exit, stderr }).toEqual({ exit: 130, stderr: '' });
  const [, count = ''] = /^(\d+) {2}Lost <\*> keys\n$/.exec(stdout) ?? [];
  expect(Number(count)).toBeGreaterThan(50_000);
});

test('whatever bytes come: lines stay lines, and nothing of them moves the cursor', async () => {
  const { child, ended } = piped();
  child.stdin.write('a\0b\r\n\n');
  child.stdin.write(Buffer.from([0xff, 0xfe, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 10]));
  for (let part = 0; part < 10; part++) child.stdin.write('x'.repeat(1_000_000));
  child.stdin.end('\n\x1b]0;title\x07last');
  const { exit, stdout, stderr } = await ended;
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines.map((line) => line.slice(-40))).toEqual([
    'a␀b',
    '',
    '��␛[31m',
    `${'x'.repeat(20)}… (9984000 more bytes)`.slice(-40),
    '␛]0;title␇last',
    '',
  ]);
  expect(lines[3]).toMatch(/^x{16000}…/);
});

test('nothing at all', async () => {
  const { child, ended } = piped('--patterns');
  child.stdin.end();
  expect(await ended).toEqual({ exit: 0, stdout: '', stderr: 'oncall: standard input was empty.\n' });
});
