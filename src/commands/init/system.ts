import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Answers, answersSchema } from '../../config/answers.ts';
import type { Secret } from '../../config/systems/parts.ts';
import { type Key, keysOf, tokenIsOptional } from './keys.ts';
import { ROWS, type Settings, type SystemName } from './rows.ts';
import type { Talk } from './talk.ts';
import type { TokenWays } from './token.ts';
import { type Place, type Trial, tryOut, whatNext } from './trial.ts';

/** Without it there is nothing to show. */
const NEEDED: SystemName = 'pagerduty';

export interface Asking {
  readonly talk: Talk;
  readonly tokens: TokenWays;
  readonly place: Place;
  readonly signal: AbortSignal;
}

/** What came of asking about one system; null: it was left out. */
export interface Told {
  readonly answers: Answers;
  readonly trial: Trial | null;
}

/** Asks about one system and tries it, until it answers or the person lets it be. */
export async function askSystem(asking: Asking, answers: Answers, system: SystemName): Promise<Told | null> {
  const { talk, place, signal } = asking;
  const row = ROWS[system];
  talk.title(row?.title ?? system, row?.about ?? '');
  let settings: Settings = {};
  let secret: Secret | null = null;
  let anew = true;
  for (;;) {
    if (anew) {
      const asked = await askKeys(asking, system, settings);
      if (asked === null) return null;
      settings = asked;
      secret = await askToken(asking, system, secret);
      settings = secret === null ? settings : { ...settings, token: secret };
    }
    const { systems } = answersSchema
      .pick({ systems: true })
      .parse({ systems: { ...answers.systems, [system]: settings } });
    const next: Answers = { ...answers, systems };
    const trial = await tryOut(talk, next, place, { system, environment: null }, signal);
    if (trial === null || trial.ok || isAboutTheUser(system, trial)) return { answers: next, trial };
    if (trial.code === 'tls' && settings.ca_file === undefined) {
      const file = await askAuthority(talk);
      if (file !== null) {
        settings = { ...settings, ca_file: file };
        anew = false;
        continue;
      }
    }
    const what = await whatNext(talk, system !== NEEDED);
    if (what === 'leave') return null;
    if (what === 'keep') return { answers: next, trial };
    anew = what === 'anew';
  }
}

/** PagerDuty does not know in whose name we write: asked next, and no fault of its settings. */
function isAboutTheUser(system: SystemName, { code, diagnosis }: Trial): boolean {
  return system === NEEDED && code === null && diagnosis.missing.length === 0;
}

/** null: `-`, the system is left out. */
async function askKeys({ talk }: Asking, system: SystemName, before: Settings): Promise<Settings | null> {
  const row = ROWS[system];
  let settings: Settings = {};
  for (const key of keysOf(system)) {
    const isAsked = key.name === 'url' || key.isNeeded || row?.also?.(settings).includes(key.name) === true;
    if (!isAsked) continue;
    const value = await askKey(talk, key, usualFor(key, system, settings, before), system);
    if (value === LEFT_OUT) return null;
    if (value !== undefined) settings = { ...settings, [key.name]: value };
  }
  return settings;
}

const LEFT_OUT = Symbol('left out');

function usualFor(key: Key, system: SystemName, settings: Settings, before: Settings): string | undefined {
  const usual = ROWS[system]?.usual;
  const suggested = usual?.(key.name, settings);
  // What only followed from an answer follows from the new one.
  const followed = before[key.name] !== undefined && before[key.name] === usual?.(key.name, before);
  const known = followed ? undefined : before[key.name];
  return (Array.isArray(known) ? known.join(', ') : known?.toString()) ?? suggested ?? key.usual;
}

/** undefined: nothing, the key is not set. */
function askKey(
  talk: Talk,
  { name, isNeeded, usual: standard, help, read }: Key,
  usual: string | undefined,
  system: SystemName,
): Promise<unknown> {
  const mayBeEmpty = usual === undefined && !isNeeded;
  // What nobody can guess is explained before it is asked.
  if (usual === undefined && isNeeded && help !== undefined) talk.say(talk.paint('muted', help), 2);
  const leave = name === 'url' && system !== NEEDED;
  return talk.ask<unknown>({
    text: `${wordsFor(name)}${leave ? ' (- leaves it out)' : ''}`,
    help,
    usual: mayBeEmpty ? '' : usual,
    ...(mayBeEmpty ? { usualText: ROWS[system]?.open?.[name] ?? 'none' } : {}),
    check(answer) {
      if (leave && answer === '-') return { value: LEFT_OUT };
      // What is as it is anyway need not stand in the file.
      if (answer === '' || (answer === standard && name !== 'url')) return { value: undefined };
      return read(answer);
    },
  });
}

function wordsFor(key: string): string {
  const words = key.replaceAll('_', ' ').replace(/\burl\b/, 'address');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function askToken(
  { talk, tokens, place }: Asking,
  system: SystemName,
  before: Secret | null,
): Promise<Secret | null> {
  const row = ROWS[system];
  if (tokenIsOptional(system) && !(await talk.yes('Does it want a token', true))) return null;
  if (before !== null && (await talk.yes('Get its token as before', true))) return before;
  return tokens.ask(talk, system, row?.token ?? 'see its documentation', place.folder);
}

/** null: it has none that would help. */
export function askAuthority(talk: Talk): Promise<string | null> {
  return talk.ask<string | null>({
    text: 'File of its certificate authority (PEM), if it has one of its own',
    usual: '-',
    usualText: 'it has none',
    check: (path) => {
      if (path === '-') return { value: null };
      const file = resolve(path);
      return existsSync(file) ? { value: file } : { wrong: `There is no file ${file}.` };
    },
  });
}
