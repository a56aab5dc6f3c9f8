import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ONCALL, PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';

interface Shell {
  readonly name: string;
  readonly args: readonly string[];
  /** Typed once. */
  readonly setUp: string;
  /** After which it lists what may follow, with the meanings. */
  readonly list: string;
}

const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    setUp: 'bind "set enable-bracketed-paste off"; source <(oncall completion bash)',
    // What they begin with in common first.
    list: '\t\t\t',
  },
  {
    name: 'zsh',
    args: ['-f', '-i'],
    setUp: 'autoload -Uz compinit; compinit -u; source <(oncall completion zsh)',
    list: '\t\t',
  },
  { name: 'fish', args: ['--private', '-i'], setUp: 'oncall completion fish | source', list: '\t' },
];

let practice: PracticeWorld;
let home: Home;
let terminal: RealTerminal | null = null;

beforeAll(async () => {
  practice = await PracticeWorld.start();
  home = new Home();
  const folder = join(home.folder, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'oncall'), `#!/bin/sh\nexec '${process.execPath}' '${ONCALL}' "$@"\n`, {
    mode: 0o755,
  });
  // The snapshot, from which incidents are known.
  expect((await runOncall(['status'], env())).stderr).toBe('');
});

afterEach(async () => {
  // An interactive shell takes no notice of SIGTERM, and has nothing to put back.
  terminal?.signal('SIGKILL');
  await terminal?.exited();
  terminal = null;
});

afterAll(async () => {
  await practice?.stop();
  home?.remove();
});

function env(config: string = practice.config): Record<string, string> {
  return { ...home.env, ONCALL_CONFIG: config };
}

async function atPrompt(shell: Shell, config?: string): Promise<RealTerminal> {
  const path = [join(home.folder, 'bin'), process.env.PATH].join(delimiter);
  const opened = new RealTerminal(shell.name, shell.args, {
    columns: 100,
    rows: 30,
    cwd: home.folder,
    env: { ...env(config), PATH: path, PS1: '$ ' },
  });
  terminal = opened;
  opened.write(`${shell.setUp}; clear; echo REA''DY\r`);
  await opened.until('the prompt', (text) => /^READY$/m.test(text));
  return opened;
}

async function present(name: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const { access } = await import('node:fs/promises');
  const found = await Promise.allSettled(folders.map((folder) => access(join(folder, name))));
  return found.some(({ status }) => status === 'fulfilled');
}

for (const shell of SHELLS) {
  const here = await present(shell.name);
  if (!here)
    console.info(
      `completion in ${shell.name}: skipped, as it is not installed: apt-get install ${shell.name}`,
    );
  describe.skipIf(!here)(shell.name, () => {
    test('commands, services, environments, options', async () => {
      const { until, write } = bound(await atPrompt(shell));
      write('oncall rollb\t');
      await until('the command', (text) => /oncall rollback $/m.test(`${text} `));
      write('charge\t');
      await until('the service', (text) => text.includes('oncall rollback charge-central'));
      write('--en\t');
      await until('the option', (text) => text.includes('charge-central --env'));
      write('pr\t');
      await until('the environment', (text) => text.includes('charge-central --env prod'));
      write('--to 1.0.282\t');
      await until('the version', (text) => text.includes('--env prod --to 1.0.282'));
    });

    test('incidents are listed with their titles', async () => {
      const { until, write } = bound(await atPrompt(shell));
      write(`oncall ack ${shell.list}`);
      await until('the incidents', (text) => text.includes('5xx above 2%') && text.includes('DLQ not empty'));
    });

    test('a configuration that cannot be read prints nothing', async () => {
      const { until, write } = bound(await atPrompt(shell, '/nowhere/oncall.yaml'));
      write('oncall logs char\t');
      // What is typed after it shows that the shell is done with it.
      write('ming');
      await until('the line as it was typed', (text) => text.includes('oncall logs charming'));
      expect(terminal?.text()).not.toMatch(/no config|nowhere|error/i);
    });
  });
}

function bound(opened: RealTerminal) {
  return {
    until: (what: string, holds: (text: string) => boolean) => opened.until(what, holds),
    write: (data: string) => opened.write(data),
  };
}
