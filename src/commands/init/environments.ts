import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Answers, withEnvironment } from '../../config/answers.ts';
import { profileNames } from '../../systems/aws/profile-names.ts';
import { askContainers } from './containers.ts';
import { orNothing } from './or-nothing.ts';
import { type Asking, askAuthority } from './system.ts';
import type { Checked, Talk } from './talk.ts';
import { tryOut, whatNext } from './trial.ts';

type Environments = NonNullable<Answers['environments']>;
type Environment = Environments[string];
type Aws = NonNullable<Environment['aws']>;

/** Asks for the names of the environments, and which of them are guarded. */
export async function askEnvironments(talk: Talk, answers: Answers): Promise<Answers> {
  talk.title('Environments', 'each has its own AWS credentials and its own way to the containers');
  const names = await talk.ask({
    text: 'Their names, first the one that you look at by default',
    usual: 'prod, test',
    check(answer): Checked<readonly string[]> {
      const all = [...new Set(answer.split(/[\s,]+/).filter((name) => name !== ''))];
      const wrong = all.find((name) => !/^[\w-]+$/.test(name));
      if (wrong !== undefined) return { wrong: `“${wrong}” is no name: letters, digits, - and _.` };
      return all.length === 0 ? { wrong: 'There has to be one.' } : { value: all };
    },
  });
  const likely = names.filter((name) => /^(prod|production|prd|live)/i.test(name));
  const guarded = await talk.ask({
    text: 'Guarded ones: a change there wants the service’s name typed (- for none)',
    usual: likely.length === 0 ? '-' : likely.join(', '),
    check(answer): Checked<readonly string[]> {
      const all = answer === '-' ? [] : answer.split(/[\s,]+/).filter((name) => name !== '');
      const wrong = all.find((name) => !names.includes(name));
      return wrong === undefined ? { value: all } : { wrong: `There is no ${wrong}: ${names.join(', ')}.` };
    },
  });
  const environments = Object.fromEntries(
    names.map((name) => [name, { ...answers.environments?.[name], guarded: guarded.includes(name) }]),
  );
  return { ...answers, environments, default_environment: names[0] };
}

/** Asks for the AWS and the containers of one environment; `like` is one that was answered before. */
export async function askEnvironment(
  asking: Asking,
  answers: Answers,
  name: string,
  like: Environment | null,
): Promise<Answers> {
  const { talk, signal, place } = asking;
  talk.title(`AWS of ${name}`, 'stacks, groups, images, alarms; rollbacks');
  if (!(await talk.yes(`Is ${name} in AWS`, true))) return answers;
  let settings: Aws | null = like?.aws ?? null;
  let anew = true;
  for (;;) {
    if (anew) settings = await askAws(talk, settings);
    const aws = settings;
    if (aws === null) return answers;
    const next = withEnvironment(answers, name, { aws });
    const trial = await tryOut(talk, next, place, { system: 'aws', environment: name }, signal);
    if (trial === null || trial.ok) {
      const account = trial?.diagnosis.identity?.split(':')[4];
      const known = account === undefined ? aws : { ...aws, account };
      return askContainers(asking, withEnvironment(answers, name, { aws: known }), name, like?.containers);
    }
    if (trial.code === 'tls' && aws.ca_file === undefined) {
      const file = await askAuthority(talk);
      if (file !== null) {
        settings = { ...aws, ca_file: file };
        anew = false;
        continue;
      }
    }
    const what = await whatNext(talk);
    if (what === 'leave') return answers;
    if (what === 'keep') return askContainers(asking, next, name, like?.containers);
    anew = what === 'anew';
  }
}

async function askAws(talk: Talk, before: Aws | null): Promise<Aws> {
  const file = await talk.ask<string | null>({
    text: 'Credentials file',
    usual: before?.credentials_file ?? '-',
    ...(before?.credentials_file === undefined ? { usualText: '~/.aws, as the AWS CLI has it' } : {}),
    help: 'Another file than ~/.aws/credentials; its profiles are offered next. - for the usual one.',
    check(path) {
      if (path === '-') return { value: null };
      const absolute = path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path);
      return existsSync(absolute) ? { value: absolute } : { wrong: `There is no file ${absolute}.` };
    },
  });
  const profiles = await profileNames(file);
  if (profiles.length > 0) talk.say(`Profiles there: ${profiles.join(', ')}`, 2);
  const profile = await talk.ask<string | null>({
    text: 'Profile (- for none: the SDK’s usual chain, as on an EC2 instance)',
    usual:
      before?.profile ??
      (profiles.length === 1 ? profiles[0] : profiles.includes('default') ? 'default' : '-'),
    check: (name) =>
      name === '-' || profiles.length === 0 || profiles.includes(name)
        ? { value: name === '-' ? null : name }
        : { wrong: `There is no profile ${name}: ${profiles.join(', ')}.` },
  });
  const region = await talk.ask({
    text: 'Region',
    usual: before?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'eu-west-1',
    check: (name) =>
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(name)
        ? { value: name }
        : { wrong: 'A region is written such as eu-west-1.' },
  });
  const role = await orNothing(talk, 'Role to assume (its ARN)', before?.role_arn, 'none', (arn) =>
    /^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(arn)
      ? null
      : 'An ARN is written arn:aws:iam::123456789012:role/NAME.',
  );
  const endpoint = await orNothing(talk, 'Endpoint', before?.endpoint, 'AWS’s own', (url) =>
    /^https?:\/\/\S+$/.test(url) && URL.canParse(url)
      ? null
      : 'Write it whole, such as http://127.0.0.1:4566.',
  );
  return {
    region,
    ...(profile === null ? {} : { profile }),
    ...(file === null ? {} : { credentials_file: file }),
    ...(role === null ? {} : { role_arn: role }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(before?.ca_file === undefined ? {} : { ca_file: before.ca_file }),
  };
}
