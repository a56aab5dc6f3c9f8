import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stateFolder } from '../../config/state.ts';
import { Failure } from '../../model/failure.ts';
import type { DeployOrder, Pipeline, PipelineRun } from '../../model/ports/index.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { type Result, runnerFile, SYSTEM, WorkFolder } from './work-folder.ts';

/**
 * A team's own program that deploys. It runs without a shell, in the folder of the configuration, in a session of
 * its own: a terminal that closes does not end it, and what it printed and its exit code stay beside the journal.
 */
export function openCommand({ loaded }: AdapterDeps): Pipeline {
  const folderOf = ({ intent }: DeployOrder) => new WorkFolder(stateFolder(loaded), intent);
  return {
    system: SYSTEM,
    waiting: async () => null,
    async unblock() {
      throw new Failure(SYSTEM, 'not_configured', 'A deploy command has no steps that wait.');
    },
    cannotStart: ({ name, deployCommand }) =>
      deployCommand === null
        ? `Which program deploys it is not configured: services.${name}.deploy_command is missing.`
        : null,
    async start(order) {
      const { deployCommand } = order.service;
      if (deployCommand === null) {
        throw new Failure(SYSTEM, 'not_configured', `${order.service.name} has no deploy_command.`);
      }
      const folder = folderOf(order);
      await folder.make();
      const words = deployCommand.map((word) => filled(word, order));
      const runner = spawn(process.execPath, [runnerFile(), folder.path, ...words], {
        cwd: loaded.folder,
        detached: true,
        stdio: 'ignore',
      });
      await once(runner, 'spawn');
      runner.unref();
    },
    async run(order) {
      const folder = folderOf(order);
      if (!folder.exists()) return null;
      const lives = await folder.lives();
      const [result, output] = await Promise.all([folder.result(), folder.lines()]);
      return runOf(result, lives, output);
    },
  };
}

function runOf(result: Result | null, lives: boolean, output: readonly SafeText[]): PipelineRun {
  const run = { reference: null, url: null, waiting: null, output };
  if (result === null) {
    return lives
      ? { ...run, state: 'running', at: output.at(-1) ?? null }
      : { ...run, state: 'failed', at: ownText('it was ended from outside: how far it got is not known') };
  }
  const last = output.at(-1);
  const said = last === undefined ? '' : `; it said last: ${last}`;
  if (result.exit === 0) return { ...run, state: 'succeeded', at: null };
  const how = result.exit === null ? (result.why ?? 'ended') : `exit code ${result.exit}`;
  return { ...run, state: 'failed', at: safeText(`${how}${said}`) };
}

/** One argument with its placeholders filled in; it stays one argument, whatever is in it. */
function filled(word: string, { service, version, environment, intent }: DeployOrder): string {
  const values: Readonly<Record<string, string>> = { service: service.name, version, environment, intent };
  return word.replaceAll(
    /\{(service|version|environment|intent)\}/g,
    (_, name: string) => values[name] ?? '',
  );
}
