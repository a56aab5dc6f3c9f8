import { loadConfig } from '../config/load.ts';
import type { LoadedConfig } from '../config/types.ts';
import { complete } from './completion/complete.ts';
import { namesOf } from './completion/names.ts';
import { OK } from './exit.ts';
import type { CommandModule, CommandRow, OptionRow } from './row.ts';

/**
 * `oncall complete`: what may stand in place of the last word of ONCALL_WORDS. It stands in somebody's prompt, so
 * whatever goes wrong gives no words and no message.
 */
export function completing(rows: readonly CommandRow[], globalOptions: readonly OptionRow[]): CommandModule {
  return {
    async run({ env, stdout }) {
      const words = (env.ONCALL_WORDS ?? '').split('\n').slice(0, -1);
      try {
        const names = namesOf(configOf(words, env), env);
        const candidates = await complete(words, rows, globalOptions, names);
        stdout.write(candidates.map(({ word, meaning }) => `${word}\t${oneLine(meaning)}\n`).join(''));
      } catch {
        // A prompt is no place for it: the command itself will tell.
      }
      return OK;
    },
  };
}

/** That of `--config` on the line, else the usual one; read once. */
function configOf(words: readonly string[], env: NodeJS.ProcessEnv): () => Promise<LoadedConfig> {
  const at = words.indexOf('--config');
  const named =
    at < 0 ? words.find((word) => word.startsWith('--config='))?.slice('--config='.length) : words[at + 1];
  let loading: Promise<LoadedConfig> | null = null;
  return () => {
    loading ??= loadConfig(named === undefined ? { env } : { configFile: named, env });
    return loading;
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
