import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type Answers, readAnswers } from '../../config/answers.ts';
import { checkConfig } from '../../config/check.ts';
import { jsonSchema } from '../../config/json-schema.ts';
import { UsageError } from '../exit.ts';
import { SCHEMA_FILE } from './yaml.ts';

/** Where a file that names programs to run may be read by all and written by its owner. */
const READABLE = 0o644;
const OWN = 0o600;

/** Answers on their way, beside the file that they become. */
export function answersFile(file: string): string {
  return join(dirname(file), `.${basename(file, '.yaml')}.answers.yaml`);
}

/** Throws a UsageError where there is none, a ConfigError where it is none. */
export function loadAnswers(file: string): Answers {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}.`);
  const text = readFileSync(file, 'utf8');
  return readAnswers({ file, text, mode: statSync(file).mode & 0o777 }, dirname(file));
}

export function saveAnswers(file: string, answers: Answers): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const head = '# Answers to oncall init, which goes on from here. No secrets are in it.\n';
  replace(file, `${head}${stringify(answers)}`, OWN);
}

/** Throws a ConfigError where oncall would not take it: nothing was written then. */
export function writeConfig(file: string, text: string): void {
  const userFile = join(dirname(file), 'user.yaml');
  checkConfig({ tribe: { file, text, mode: READABLE }, userFile, user: null }, {});
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  replace(join(dirname(file), SCHEMA_FILE), `${JSON.stringify(jsonSchema('oncall'), null, 2)}\n`, READABLE);
  replace(file, text, READABLE);
}

/** Whole or not at all. */
function replace(file: string, text: string, mode: number): void {
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, text, { mode, flag: 'wx' });
    renameSync(beside, file);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
