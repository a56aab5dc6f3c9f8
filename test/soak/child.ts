import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { openJournal } from '../../src/actions/journal.ts';
import { stateFolderOf } from '../../src/config/state.ts';
import { ONCALL } from '../support/practice.ts';
import type { Scene } from './person.ts';
import { requestOf, type Subject } from './subject.ts';
import { stateFolder } from './terminal.ts';

/** So often, in real milliseconds, the world goes on for so many seconds while the program runs. */
const TICK_MS = 50;
const TICK_S = 4;

/** The program itself rolls back and is killed with SIGKILL after `killedAfterMs`; answers where its journal is. */
export async function killChild(scene: Scene, subject: Subject, killedAfterMs: number): Promise<string> {
  const { stage } = scene;
  const from = stage.now();
  const home = await stateFolder(stage);
  const request = requestOf(stage, subject, { action: 'rollback', choice: 0, several: false });
  if (request.action !== 'rollback' || request.to === undefined) throw new Error('no version to go back to');
  const { service, environment, to } = request;
  const told = ['rollback', service, '--env', environment, '--to', to, '--confirm', service];
  const child = spawn(process.execPath, [ONCALL, '--config', stage.configFile, ...told], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', HOME: home, XDG_STATE_HOME: home, XDG_RUNTIME_DIR: home },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const ticking = setInterval(() => stage.advance(TICK_S), TICK_MS);
  await Promise.race([pause(killedAfterMs), ended]);
  child.kill('SIGKILL');
  await ended;
  clearInterval(ticking);
  scene.notes.push(
    child.signalCode === 'SIGKILL' ? 'killed process' : `process ended with ${child.exitCode}`,
  );
  const folder = stateFolderOf(stage.configFile, { XDG_STATE_HOME: home });
  for (const { intent } of await openJournal(folder).read()) {
    scene.confirmed.push({ intent: intent.id, request, group: [intent.id], from });
  }
  return folder;
}
