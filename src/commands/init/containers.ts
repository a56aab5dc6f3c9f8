import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Answers, type Placements, provisional, withEnvironment } from '../../config/answers.ts';
import { lookAround } from '../../systems/discoveries.ts';
import { orNothing } from './or-nothing.ts';
import type { Asking } from './system.ts';
import type { Talk } from './talk.ts';
import { tryOut, whatNext } from './trial.ts';

type Containers = NonNullable<NonNullable<Answers['environments']>[string]['containers']>;

/** Asks how to reach the containers of one environment, and tries it with an instance that AWS tells of. */
export async function askContainers(
  asking: Asking,
  answers: Answers,
  name: string,
  like: Containers | undefined,
): Promise<Answers> {
  const { talk, signal, place } = asking;
  talk.title(`Containers of ${name}`, 'what runs on each instance, read from its Docker Engine');
  const stacks = await stacksOf(answers, asking, name);
  let settings: Containers | null = like ?? null;
  let anew = true;
  for (;;) {
    if (anew) settings = await askWay(talk, settings);
    if (settings === null) return answers;
    const next = withEnvironment(answers, name, { containers: settings });
    const trial = await tryOut(talk, next, place, { system: 'docker', environment: name, stacks }, signal);
    if (trial === null || trial.ok) return next;
    const what = await whatNext(talk);
    if (what === 'leave') return answers;
    if (what === 'keep') return next;
    anew = what === 'anew';
  }
}

/** Some stacks of the environment: by them an instance is found. */
async function stacksOf(
  answers: Answers,
  { place, signal }: Asking,
  environment: string,
): Promise<Placements> {
  const looks = lookAround(provisional(answers, place), { organisations: [], catalogs: [] }, signal, ['aws']);
  const found = await looks[0]?.answer;
  if (found === undefined || found instanceof Error) return {};
  const stacks = found.things.filter((thing) => thing.isService && thing.environment === environment);
  return Object.fromEntries(stacks.slice(0, 5).map(({ name }) => [name, { environment, stack: name }]));
}

async function askWay(talk: Talk, before: Containers | null): Promise<Containers | null> {
  const way = await talk.choose<'ssh' | 'socket' | 'none'>(
    'How',
    [
      ['your own ssh to each instance (ProxyJump, agents and known_hosts just work)', 'ssh'],
      ['a unix socket for each instance, such as the end of a forward', 'socket'],
      ['not at all', 'none'],
    ],
    before?.socket === undefined ? 1 : 2,
  );
  if (way === 'none') return null;
  if (way === 'socket') {
    const socket = await talk.ask({
      text: 'Socket; {instance} and {address} are filled in',
      usual: before?.socket,
      help: 'Such as unix:///run/forwards/{instance}.sock',
      check: (answer) => {
        const path = answer.startsWith('/') ? `unix://${answer}` : answer;
        return path.startsWith('unix:///')
          ? { value: path }
          : { wrong: 'It is written unix:///path/{instance}.sock' };
      },
    });
    return { socket };
  }
  const ssh = before?.ssh;
  const any = () => null;
  const host = await talk.ask({
    text: 'Host as ssh knows it; {instance} and {address} are filled in',
    usual: ssh?.host ?? '{address}',
    check: (answer) =>
      /^[^-\s]\S*$/.test(answer) ? { value: answer } : { wrong: 'A host has no spaces, and no - in front.' },
  });
  const user = await orNothing(talk, 'User', ssh?.user, 'as your ssh has it', any);
  const jump = await orNothing(talk, 'Jump host', ssh?.jump, 'as your ssh has it', any);
  const config = await orNothing(talk, 'ssh_config file of its own', ssh?.config, 'yours', (path) =>
    existsSync(resolve(path)) ? null : `There is no file ${resolve(path)}.`,
  );
  return {
    ssh: {
      host,
      docker_socket: ssh?.docker_socket ?? '/var/run/docker.sock',
      ...(user === null ? {} : { user }),
      ...(jump === null ? {} : { jump }),
      ...(config === null ? {} : { config: resolve(config) }),
    },
  };
}
