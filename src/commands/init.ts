import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Answers, NO_ANSWERS, provisional } from '../config/answers.ts';
import { userConfigFolder } from '../config/places.ts';
import { localNow, rfc3339 } from '../model/instant.ts';
import { OK, UsageError } from './exit.ts';
import { compose } from './init/compose.ts';
import { answersFile, loadAnswers, saveAnswers, writeConfig } from './init/files.ts';
import { interview } from './init/interview.ts';
import { findAll } from './init/look-around.ts';
import { chooseTeams, settle, showComposition } from './init/settle.ts';
import { BrokenOff, Talk } from './init/talk.ts';
import { TokenWays } from './init/token.ts';
import type { Place } from './init/trial.ts';
import { configText } from './init/yaml.ts';
import { type Arguments, type Context, flag, Interrupted, type Options, optionText } from './row.ts';
import { canAsk } from './write/ask.ts';

/** As of a write: nothing was written, because nobody said yes. */
const NOT_CONFIRMED = 5;

/** `oncall init`: asks where the systems are, finds the services in them, and writes `oncall.yaml`. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  if (context.configFile !== undefined)
    throw new UsageError('init writes a configuration and reads none: use --file for where it goes.');
  const named = optionText(options, 'file');
  const file = named === undefined ? join(userConfigFolder(context.env), 'oncall.yaml') : resolve(named);
  const from = optionText(options, 'from');
  const asks = canAsk(context);
  if (!asks && from === undefined)
    throw new UsageError(
      'init asks questions, and nobody is here to answer: use a terminal, or --from ANSWERS.yaml.',
    );
  if (!asks && existsSync(file) && !flag(options, 'force'))
    throw new UsageError(`${file} is there already: --force replaces it, --file writes elsewhere.`);

  const talk = new Talk(context.stderr, context.stopSignal());
  const kept = answersFile(file);
  try {
    if (asks && existsSync(file) && !flag(options, 'force')) {
      talk.say(`${file} is there already.`);
      if (!(await talk.yes('Replace it when all is answered', false))) throw new BrokenOff();
    }
    if (asks) introduce(talk, file);
    const begun = from === undefined ? await goOn(talk, kept) : loadAnswers(resolve(from));
    const done = await setUp(context, talk, file, begun, asks);
    if (!done) throw new BrokenOff();
    rmSync(kept, { force: true });
    context.stdout.write(`${file}\n`);
    talk.say();
    talk.say('Next: oncall doctor asks every system what lacks; oncall opens the cockpit.');
    return OK;
  } catch (thrown) {
    if (!(thrown instanceof BrokenOff || thrown instanceof Interrupted)) throw thrown;
    talk.say('Nothing was written.');
    if (existsSync(kept)) talk.say(`Your answers are kept in ${kept}: oncall init goes on from there.`);
    return thrown instanceof Interrupted ? thrown.exitCode : NOT_CONFIRMED;
  }
}

/** False: the person did not want it written. */
async function setUp(
  context: Context,
  talk: Talk,
  file: string,
  begun: Answers,
  asks: boolean,
): Promise<boolean> {
  const signal = context.stopSignal();
  const folder = dirname(file);
  const kept = answersFile(file);
  let answers = begun;
  let place: Place = { file, folder, email: context.env.ONCALL_USER_EMAIL };
  if (asks) {
    const asking = { talk, tokens: new TokenWays(), place, signal };
    const told = await interview({ asking, save: (next) => saveAnswers(kept, next) }, begun);
    answers = told.answers;
    place = told.place;
  }
  refuseIncomplete(answers);
  const hints = {
    organisations: answers.look_in.organisations ?? [],
    catalogs: answers.look_in.catalogs ?? [],
  };
  const { finds, silent } = await findAll(talk, provisional(answers, place), hints, signal);
  const chosen = await chooseTeams(asks ? talk : null, answers, finds);
  if (chosen.teams.length === 0)
    throw new UsageError(
      'no squad is known: PagerDuty tells of no team or escalation policy that was chosen.',
    );
  let settled: ReadonlySet<string> = new Set();
  let composition = compose(answers, finds, { ...chosen, settled });
  if (asks) {
    settled = await settle(talk, composition.matching);
    composition = compose(answers, finds, { ...chosen, settled });
  }
  showComposition(talk, composition);
  talk.say();
  if (asks && !(await talk.yes(`Write ${file}`, true))) return false;
  writeConfig(file, configText(answers, composition, { silent, date: rfc3339(localNow()).slice(0, 10) }));
  if (place.email !== undefined && place.email !== context.env.ONCALL_USER_EMAIL)
    writeEmail(talk, context, place.email);
  return true;
}

function introduce(talk: Talk, file: string): void {
  talk.say(`This writes ${file}. It only reads from your systems, and keeps no token.`);
  talk.say(
    'Enter takes what stands in brackets, ? explains, Ctrl-C ends; what you answered of each finished system is kept.',
  );
  talk.say();
}

/** Answers of a run that was broken off. */
async function goOn(talk: Talk, kept: string): Promise<Answers> {
  if (!existsSync(kept)) return NO_ANSWERS;
  const answers = loadAnswers(kept);
  const known = Object.keys(answers.systems).join(', ') || 'names only, no system yet';
  talk.say(`Answers of last time are kept: ${known}.`);
  return (await talk.yes('Go on from there', true)) ? answers : NO_ANSWERS;
}

function refuseIncomplete({ tribe, environments, systems }: Answers): void {
  const missing = [
    ...(tribe === undefined ? ['tribe'] : []),
    ...(environments === undefined || Object.keys(environments).length === 0 ? ['environments'] : []),
    ...(systems.pagerduty === undefined ? ['systems.pagerduty'] : []),
  ];
  if (missing.length > 0)
    throw new UsageError(`the answers lack ${missing.join(', ')}: without these there is no oncall.yaml.`);
}

/** Who you are is yours, not the tribe's: it goes to `user.yaml`. */
function writeEmail(talk: Talk, context: Context, email: string): void {
  const file = join(userConfigFolder(context.env), 'user.yaml');
  if (existsSync(file))
    talk.say(`Put email: ${email} into ${file}: it is there already, and is left as it is.`);
  else writeFileSync(file, `email: ${email}\n`, { mode: 0o644, flag: 'wx' });
}
