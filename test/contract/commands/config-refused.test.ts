import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runOncall } from '../../support/run-oncall.ts';
import { ConfigFolder, TRIBE } from '../../unit/config/folder.ts';

let home: ConfigFolder;
beforeEach(() => {
  home = new ConfigFolder(null);
});
afterEach(() => home.remove());

const withToken = (token: string) => TRIBE.replace('token:\n      env: HARBOUR_PD_TOKEN', token);

test.each<[string, () => void, RegExp]>([
  [
    'a secret in a file that others may read',
    () => home.write('oncall.yaml', withToken('token: s3cret-key'), 0o644),
    /never the token itself.*chmod 600/,
  ],
  [
    'a token file that others may read',
    () => {
      home.write('pagerduty.token', 's3cret-key', 0o644);
      home.write('oncall.yaml', withToken('token: { file: pagerduty.token }'));
    },
    /others may read the token file .* \(mode 0644\): chmod 600 .*pagerduty\.token/,
  ],
  [
    'a token file that is a symbolic link',
    () => {
      symlinkSync(home.write('elsewhere', 's3cret-key'), home.path('pagerduty.token'));
      home.write('oncall.yaml', withToken('token: { file: pagerduty.token }'));
    },
    /pagerduty\.token is a symbolic link: name the file itself/,
  ],
  [
    'a YAML bomb',
    () => {
      const level = (n: number) =>
        `a${n}: &a${n} [${Array(9)
          .fill(n === 0 ? 'lol' : `*a${n - 1}`)
          .join(', ')}]`;
      home.write('oncall.yaml', Array.from({ length: 9 }, (_, n) => `${level(n)}\n`).join(''));
    },
    /aliases unfold .* write out what they stand for/,
  ],
])('%s: exit 64 and one line with the fix, nothing asked', async (_what, lay, said) => {
  lay();
  const env = { HOME: home.home, XDG_CONFIG_HOME: home.home, XDG_RUNTIME_DIR: home.home };
  const { exit, stdout, stderr } = await runOncall(['status'], env);
  expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' });
  expect(stderr).toMatch(said);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('s3cret');
});
