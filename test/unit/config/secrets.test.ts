import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSecret } from '../../../src/config/secrets.ts';
import { ConfigFolder } from './folder.ts';

let home: ConfigFolder;

beforeEach(() => {
  home = new ConfigFolder(null);
});
afterEach(() => home.remove());

const node = (code: string) => [process.execPath, '-e', code];
const read = (secret: Parameters<typeof readSecret>[0]) => readSecret(secret, home.folder);

describe('the first way that gives one wins', () => {
  test('command, then environment, then file', async () => {
    home.write('token', 'from-file\n');
    process.env.HARBOUR_TOKEN = 'from-env';
    const all = { command: node('console.log("from-command")'), env: 'HARBOUR_TOKEN', file: 'token' };
    expect(await read(all)).toBe('from-command');
    expect(await read({ ...all, command: node('process.exit(1)') })).toBe('from-env');
    delete process.env.HARBOUR_TOKEN;
    expect(await read({ ...all, command: ['/does/not/exist'] })).toBe('from-file');
  });

  test('none of them: every way that was tried is named', async () => {
    await expect(
      read({ command: node('process.exit(3)'), env: 'HARBOUR_NONE', file: 'gone' }),
    ).rejects.toThrow(
      /no token: command .* failed with exit code 3: .*; environment variable HARBOUR_NONE is not set: .*; there is no file .*gone: /,
    );
  });
});

test('arguments reach the program as they stand: no shell', async () => {
  expect(await read({ command: [...node('console.log(process.argv[1])'), '$(id);`id`'] })).toBe('$(id);`id`');
});

test('what a program says on standard error is not the token, and is not repeated', async () => {
  const command = node('console.error("s3cret"); process.exit(1)');
  const thrown = await read({ command }).catch((error: unknown) => error);
  expect(String(thrown)).not.toContain('s3cret');
});

describe('files that are refused, with the fix', () => {
  test.each([0o640, 0o604, 0o644])('mode %o', async (mode) => {
    home.write('token', 'abc', mode);
    await expect(read({ file: 'token' })).rejects.toThrow(/others may read .*chmod 600/);
  });

  test('a symbolic link', async () => {
    symlinkSync(home.write('real', 'abc'), home.path('token'));
    await expect(read({ file: 'token' })).rejects.toThrow(/symbolic link: name the file itself/);
  });

  test('a folder', async () => {
    await expect(read({ file: '.' })).rejects.toThrow(/no regular file/);
  });

  test('what cannot stand in a header', async () => {
    home.write('token', 'abc\r\nX-Evil: 1');
    const thrown = await read({ file: 'token' }).catch((error: unknown) => error);
    expect(String(thrown)).toMatch(/is no token/);
    expect(String(thrown)).not.toContain('Evil');
  });
});
