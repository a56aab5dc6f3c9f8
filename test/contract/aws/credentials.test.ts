import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Config } from '../../../src/config/schema.ts';
import {
  EXPIRED_KEY,
  PRACTICE_KEY,
  type PracticeKey,
  READER_KEY,
} from '../../../src/practice/servers/aws/credentials.ts';
import { practised } from './practised.ts';

let folder: string;
let file: string;

const section = (name: string, key: PracticeKey) =>
  `[${name}]\naws_access_key_id=${key.accessKeyId}\naws_secret_access_key=${key.secretAccessKey}\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  file = join(folder, 'credentials');
  const configFile = join(folder, 'config');
  await writeFile(
    file,
    section('all', PRACTICE_KEY) + section('reader', READER_KEY) + section('old', EXPIRED_KEY),
  );
  await writeFile(
    configFile,
    '[profile sso]\nsso_start_url=https://example.invalid/start\nsso_region=eu-west-1\nsso_account_id=1\nsso_role_name=r\nregion=eu-west-1\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', configFile);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function as(aws: { profile?: string; role_arn?: string; credentials_file?: string }) {
  const world = await practised((config: Config) => {
    const { prod } = config.environments;
    if (prod?.aws === undefined) throw new Error('no AWS in prod');
    const changed = { ...prod, aws: { ...prod.aws, credentials_file: file, ...aws } };
    return { ...config, environments: { ...config.environments, prod: changed } };
  });
  return { ...world, deployer: await world.systems.deployer(), charge: world.service('charge-central') };
}

test('a role is taken on with the profile’s credentials, once', async () => {
  const { deployer, charge, operations } = await as({
    profile: 'all',
    role_arn: 'arn:aws:iam::210987654321:role/oncall',
  });
  const { identity } = await deployer.stack(charge, 'prod');
  expect(identity.arn).toMatch(/^arn:aws:sts::210987654321:assumed-role\/oncall\/oncall-/);
  await deployer.stack(charge, 'prod');
  expect(operations().filter((one) => one === 'AssumeRole')).toHaveLength(1);
});

test('a reader may look; what it may not do names the permission', async () => {
  const { deployer, charge } = await as({ profile: 'reader' });
  expect((await deployer.stack(charge, 'prod')).status).toBe('UPDATE_COMPLETE');
  const change = { service: charge, environment: 'prod', version: '1.0.282' };
  await expect(deployer.preview(change, 'oncall-x')).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Not allowed: your role lacks cloudformation:CreateChangeSet.',
  });
});

test('credentials that have run out are told as that', async () => {
  const { deployer, charge } = await as({ profile: 'old' });
  await expect(deployer.stack(charge, 'prod')).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/^AWS refuses the credentials \(ExpiredToken/),
  });
});

test('credentials that were renewed meanwhile are taken up without a new start', async () => {
  const renewed = join(folder, 'renewed');
  await writeFile(renewed, section('mine', EXPIRED_KEY));
  const { deployer, charge } = await as({ profile: 'mine', credentials_file: renewed });
  await expect(deployer.stack(charge, 'prod')).rejects.toMatchObject({ code: 'unauthorized' });
  await writeFile(renewed, section('mine', PRACTICE_KEY));
  expect((await deployer.stack(charge, 'prod')).name).toBe('charge-central');
});

test('single sign-on that needs a login says which', async () => {
  const { deployer, charge, operations } = await as({ profile: 'sso' });
  await expect(deployer.stack(charge, 'prod')).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringContaining('aws sso login --profile sso'),
  });
  expect(operations()).toEqual([]);
});
