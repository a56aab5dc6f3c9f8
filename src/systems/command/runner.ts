import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/*
 * Runs a team's deploy command in a process of its own, which outlives the terminal that it was begun from, and
 * leaves behind what it printed and how it ended. Called as: runner FOLDER PROGRAM ARGUMENT…
 */
const [folder = '', program = '', ...parameters] = process.argv.slice(2);

keep('process.json', { pid: process.pid, host: hostname() });
const output = openSync(join(folder, 'output.log'), 'a', 0o600);
const child = spawn(program, parameters, { stdio: ['ignore', output, output] });
child.once('error', (error) => end(null, error.message));
child.once('exit', (exit, signal) => end(exit, signal === null ? null : `ended by ${signal}`));

let ended = false;

function end(exit: number | null, why: string | null): void {
  if (ended) return;
  ended = true;
  closeSync(output);
  keep('result.json', { exit, why });
}

/** Written whole or not at all: whoever reads meanwhile finds nothing or all of it. */
function keep(name: string, content: object): void {
  const draft = join(folder, `${name}.draft`);
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, join(folder, name));
}
