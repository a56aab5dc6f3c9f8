import { type Answers, withEnvironment } from '../../config/answers.ts';
import { askEnvironment, askEnvironments } from './environments.ts';
import { systemNames } from './keys.ts';
import { ROWS, type SystemName } from './rows.ts';
import { type Asking, askSystem } from './system.ts';
import type { Place } from './trial.ts';

export interface Interview {
  readonly asking: Asking;
  /** Called after each answer: what was told is not lost when the terminal dies. */
  save(answers: Answers): void;
}

/** Asks for what is not answered yet, one thing after the other; says what was learnt of the person, too. */
export async function interview(
  { asking, save }: Interview,
  begun: Answers,
): Promise<{ readonly answers: Answers; readonly place: Place }> {
  let answers = begun;
  let { place } = asking;
  const { talk } = asking;
  const keep = (next: Answers) => {
    answers = next;
    save(answers);
  };
  if (answers.tribe === undefined) {
    const tribe = await talk.ask({
      text: 'Name of your tribe, as the header shows it',
      help: 'Whatever you call the squads that share one on-call: Harbour, Payments.',
      check: (name) => ({ value: name }),
    });
    keep({ ...answers, tribe });
  }
  if (answers.systems.pagerduty === undefined) {
    const told = await askSystem(asking, answers, 'pagerduty');
    if (told !== null) keep(told.answers);
    if (told?.trial?.ok === false && told.trial.code === null) {
      const email = await askEmail(asking);
      place = { ...place, email };
    }
  }
  if (answers.practice === undefined) keep({ ...answers, practice: await isPractice(asking, answers) });
  const open = () => openSystems(answers);
  if (begun.left_out.length === 0 && open().length > 0) {
    const chosen = await chooseSystems(asking, open());
    keep({ ...answers, left_out: open().filter((name) => !chosen.includes(name)) });
  }
  for (const system of open()) {
    const told = await askSystem({ ...asking, place }, answers, system);
    keep(told?.answers ?? { ...answers, left_out: [...answers.left_out, system] });
  }
  if (answers.environments === undefined) keep(await askEnvironments(talk, answers));
  for (const [name, environment] of Object.entries(answers.environments ?? {})) {
    if (environment.aws !== undefined || answers.left_out.includes(`aws ${name}`)) continue;
    const before = Object.values(answers.environments ?? {}).find(({ aws }) => aws !== undefined) ?? null;
    const next = await askEnvironment({ ...asking, place }, answers, name, before);
    const isOut = next.environments?.[name]?.aws === undefined;
    keep(isOut ? { ...next, left_out: [...next.left_out, `aws ${name}`] } : withEnvironment(next, name, {}));
  }
  if (answers.systems.github !== undefined && answers.look_in.organisations === undefined) {
    talk.title('Services', 'found in all these systems; two more places to look');
    const organisations = await askList(
      asking,
      'GitHub organisations whose repositories are yours (- for none)',
      'Their repositories are listed, and catalog-info.yaml is read in each: ORG ORG.',
    );
    keep({ ...answers, look_in: { ...answers.look_in, organisations } });
  }
  if (answers.look_in.catalogs === undefined) {
    const catalogs = await askList(
      asking,
      'Backstage’s catalog-info.yaml here: files, or folders with checkouts (- for none)',
      'Services, squads and their systems are read from them.',
    );
    keep({ ...answers, look_in: { ...answers.look_in, catalogs } });
  }
  return { answers, place };
}

function openSystems({ systems, left_out: leftOut }: Answers): readonly SystemName[] {
  const order = [...new Set([...rowNames(), ...systemNames()])];
  return order.filter(
    (name) => systems[name] === undefined && !leftOut.includes(name) && name !== 'pagerduty',
  );
}

function rowNames(): readonly SystemName[] {
  return systemNames()
    .filter((name) => ROWS[name] !== undefined)
    .toSorted((one, other) => Object.keys(ROWS).indexOf(one) - Object.keys(ROWS).indexOf(other));
}

function chooseSystems({ talk }: Asking, open: readonly SystemName[]): Promise<readonly SystemName[]> {
  talk.title('Which of these do you have?', 'AWS and containers come after them');
  const width = Math.max(...open.map((name) => (ROWS[name]?.title ?? name).length));
  return talk.chooseSome(
    'Which?',
    open.map((name) => [
      `${(ROWS[name]?.title ?? name).padEnd(width)}  ${ROWS[name]?.about ?? ''}`.trimEnd(),
      name,
    ]),
    '*',
  );
}

/** Only an address on this machine can be a practice world's. */
async function isPractice({ talk }: Asking, { systems }: Answers): Promise<boolean> {
  const host = URL.parse(systems.pagerduty?.url ?? '')?.hostname ?? '';
  if (!/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host)) return false;
  talk.say(`${host} is this machine: the practice world of oncall demo, or a way through it to your own.`, 2);
  return talk.yes('Is it the practice world (the screen then says PRACTICE all the time)', false);
}

function askEmail({ talk }: Asking): Promise<string> {
  talk.say('Whatever you change in PagerDuty is changed in somebody’s name.', 2);
  return talk.ask({
    text: 'Your e-mail address there',
    usual: process.env.ONCALL_USER_EMAIL,
    check: (answer) => (/^\S+@\S+\.\S+$/.test(answer) ? { value: answer } : { wrong: 'That is no address.' }),
  });
}

function askList({ talk }: Asking, text: string, help: string): Promise<string[]> {
  return talk.ask({
    text,
    usual: '-',
    usualText: 'none',
    help,
    check: (answer) => ({
      value: answer === '-' ? [] : answer.split(/[\s,]+/).filter((part) => part !== ''),
    }),
  });
}
