import { type Diagnosis, diagnose } from '../insight/doctor.ts';
import { localNow } from '../model/instant.ts';
import type { Examination } from '../model/ports/probe.ts';
import { type Candidate, candidates } from '../systems/probes.ts';
import { rowLines } from '../text/doctor-lines.ts';
import { painter } from '../text/paint.ts';
import { count } from '../text/time.ts';
import { wrap } from '../text/wrap.ts';
import { clockHere, type LocalCheck, lookHere } from './doctor/here.ts';
import { doctorJson } from './doctor/json.ts';
import { nameOf, toRow } from './doctor/rows.ts';
import { Waiting } from './doctor/waiting.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

/** Whose clock the others are compared with: its times are those that count in an incident. */
const REFERENCE = 'pagerduty';

/** `oncall doctor`: every configured system at the same time, each row as soon as those above it are there. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const loaded = await context.config();
  const { catalog } = loaded;
  const signal = context.stopSignal();
  const { configured, notConfigured } = candidates(loaded);
  const done = new Set<Candidate>();
  const asked = configured.map((candidate) => {
    const examination = candidate.examine(signal);
    void examination.then(() => done.add(candidate));
    return { candidate, examination };
  });
  const reference = skewOf(asked.find(({ candidate }) => candidate.system === REFERENCE)?.examination);

  const json = flag(options, 'json');
  const { stdout } = context;
  const paint = painter(stdout.color);
  const names = ['terminal', ...configured.map(nameOf)];
  const nameWidth = Math.max(...names.map((name) => name.length));
  const waiting = new Waiting(json ? null : stdout);
  const say = (lines: readonly string[]) => {
    if (!json) waiting.print(`${lines.join('\n')}\n`);
  };
  const here: LocalCheck[] = [];
  const report = (check: LocalCheck) => {
    here.push(check);
    say(rowLines(check, nameWidth, stdout.columns, paint));
  };

  const world = catalog.practice ? `  ${paint('practice', 'PRACTICE')}` : '';
  say([`${paint('strong', `${catalog.tribe}  doctor`)}${world}`, '']);
  for (const check of await lookHere(context, loaded)) report(check);

  const diagnoses: Diagnosis[] = [];
  for (const { examination } of asked) {
    waiting.show(configured.filter((candidate) => !done.has(candidate)).map(nameOf));
    const diagnosis = diagnose(await examination, await reference);
    signal.throwIfAborted();
    diagnoses.push(diagnosis);
    say(rowLines(toRow(diagnosis), nameWidth, stdout.columns, paint));
  }
  const ahead = await reference;
  if (ahead !== null && !catalog.practice) report(clockHere(ahead));

  const bad = [...here.filter(({ result }) => result === 'bad'), ...diagnoses.filter(({ ok }) => !ok)].length;
  if (json)
    stdout.write(doctorJson(catalog, localNow() + (ahead ?? 0), { diagnoses, here, notConfigured, ahead }));
  if (notConfigured.length > 0) {
    const lines = wrap(`not configured: ${notConfigured.join(', ')}`, stdout.columns || 1_000);
    say(lines.map((line) => paint('muted', line)));
  }
  say(['', bad === 0 ? paint('good', 'all is well') : paint('bad', `${count(bad, 'thing')} to mend`)]);
  return bad === 0 ? 0 : 1;
}

async function skewOf(examination: Promise<Examination> | undefined): Promise<number | null> {
  const outcome = (await examination)?.outcome;
  return outcome?.kind === 'answered' ? outcome.skewMs : null;
}
