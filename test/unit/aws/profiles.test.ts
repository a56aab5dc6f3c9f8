import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProfile } from '../../../src/systems/aws/profiles.ts';

let folder: string;
let files: { credentialsFile: string; configFile: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-'));
  files = { credentialsFile: join(folder, 'credentials'), configFile: join(folder, 'config') };
  await writeFile(files.credentialsFile, '[keys]\naws_access_key_id = A\naws_secret_access_key=hidden\n');
  await writeFile(
    files.configFile,
    '[default]\nregion=eu-west-1\n[profile prod-deploy]\nsso_session = s\n  sub = x\n[sso-session s]\nsso_region=x\n[services y]\n',
  );
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['keys', false],
  ['default', false],
  ['prod-deploy', true],
])('the profile %s is found (single sign-on: %s)', async (name, sso) => {
  expect(await findProfile(name, files)).toEqual({ name, sso });
});

test('a mistyped one is told with the files and the nearest name, and no value', async () => {
  const mistyped = findProfile('prod-deply', files);
  await expect(mistyped).rejects.toMatchObject({ code: 'unauthorized' });
  await expect(mistyped).rejects.toThrow(
    /no AWS profile "prod-deply" in .*credentials.*nearest name is "prod-deploy"/,
  );
  await expect(mistyped).rejects.not.toThrow(/hidden/);
});

test('a section of the config file that is no profile does not count', async () => {
  await expect(findProfile('sso-session s', files)).rejects.toThrow(/no AWS profile/);
});

test('without any file it says so', async () => {
  const none = { credentialsFile: join(folder, 'no'), configFile: join(folder, 'none') };
  await expect(findProfile('x', none)).rejects.toThrow(/neither has a profile/);
});
