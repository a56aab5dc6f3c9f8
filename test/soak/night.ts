import { setTimeout as pause } from 'node:timers/promises';
import type { JournalIntent } from '../../src/actions/types.ts';
import { killChild } from './child.ts';
import { Faults } from './faults.ts';
import { act, attach, resume, type Scene } from './person.ts';
import type { Moment, Other, Schedule } from './schedule.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { prepare, requestOf, type Subject } from './subject.ts';
import { stateFolder, Terminal } from './terminal.ts';

/** Readings in a world without faults until every intent has to be at its end. */
const ROUNDS = 3;

/** Plays one schedule in a calm world and tells all that came of it. */
export async function play(stage: Stage, schedule: Schedule): Promise<Story> {
  const before = (await stage.requests()).at(-1)?.n ?? 0;
  const subject = await prepare(stage, schedule);
  const scene: Scene = { stage, confirmed: [], tellings: [], notes: [] };
  const faults = new Faults(stage, schedule.wish.action);
  const { childKilledAfterMs: killed } = schedule;
  const folders =
    killed === null
      ? await new Night(scene, subject, schedule, faults).pass()
      : [await killChild(scene, subject, killed)];
  // What nobody waits for any more may still arrive.
  await pause(faults.lateMs);
  const struck = await faults.end();
  const journal = new Map<string, JournalIntent>();
  for (const folder of folders) for (const each of await calm(scene, folder)) journal.set(each.id, each);
  const { confirmed, tellings, notes } = scene;
  const requests = (await stage.requests()).filter(({ n }) => n > before);
  return { subject, confirmed, tellings, journal, requests, struck, notes };
}

/** Without faults everything is brought to its end, and what could not be known is read once more. */
async function calm(scene: Scene, folder: string): Promise<readonly JournalIntent[]> {
  const terminal = await Terminal.open(scene.stage, {
    who: 'sam',
    folder,
    death: null,
    before: async () => {},
  });
  try {
    for (let round = 0; round < ROUNDS; round++) await resume(scene, terminal);
    for (const { id, state } of await terminal.actions.journal()) {
      if (state === 'unknown') await attach(scene, terminal, id);
    }
    return await terminal.actions.journal();
  } finally {
    await terminal.close();
  }
}

/** One schedule while it passes. */
class Night {
  readonly #scene: Scene;
  readonly #subject: Subject;
  readonly #schedule: Schedule;
  readonly #faults: Faults;
  readonly #interrupt = new AbortController();
  #colleague: Promise<string> | null = null;

  constructor(scene: Scene, subject: Subject, schedule: Schedule, faults: Faults) {
    this.#scene = scene;
    this.#subject = subject;
    this.#schedule = schedule;
    this.#faults = faults;
  }

  /** Answers the folders of the journals that are left. */
  async pass(): Promise<ReadonlySet<string>> {
    for (const wish of this.#schedule.faults) if (wish.at === null) await this.#faults.order(wish);
    const folder = await stateFolder(this.#scene.stage);
    const { other } = this.#schedule;
    if (other?.begins === 'together') this.#colleagueBegins(folder);
    const left = await this.#live(folder);
    const theirs = other === null ? left : await this.#colleagueBegins(folder);
    return new Set([left, theirs]);
  }

  /** The first program, and after each death the next one with what the dead one left. */
  async #live(first: string): Promise<string> {
    let folder = first;
    for (let life = 0; ; life++) {
      const terminal = await Terminal.open(this.#scene.stage, {
        who: 'sam',
        folder,
        death: this.#schedule.deaths[life] ?? null,
        before: life === 0 ? (moment) => this.#before(moment, first) : async () => {},
      });
      const task = life === 0 ? this.#act(terminal, first) : resume(this.#scene, terminal);
      await Promise.race([task, terminal.death]);
      if (!terminal.isDead) {
        await terminal.close();
        return folder;
      }
      // What the dead one still computes reaches nobody.
      task.catch(() => {});
      this.#interrupt.abort();
      this.#scene.notes.push(`killed ${this.#schedule.deaths[life]?.side}`);
      folder = await terminal.death;
    }
  }

  #act(terminal: Terminal, folder: string): Promise<void> {
    const { stage } = this.#scene;
    const { wish, presses, runsTwice, other } = this.#schedule;
    return act(this.#scene, terminal, requestOf(stage, this.#subject, wish), {
      presses,
      runsTwice,
      signal: this.#interrupt.signal,
      between: async () => {
        if (other?.begins === 'between') await this.#colleagueBegins(folder);
      },
    });
  }

  async #before(moment: Moment, folder: string): Promise<void> {
    const { faults, interrupted, other } = this.#schedule;
    const is = (at: unknown) => isMoment(at) && at.phase === moment.phase && at.call === moment.call;
    if (other !== null && is(other.begins)) this.#colleagueBegins(folder);
    for (const wish of faults) if (is(wish.at)) await this.#faults.order(wish);
    if (is(interrupted)) {
      this.#scene.notes.push('interrupted');
      this.#interrupt.abort();
    }
  }

  /** Once, however often it is asked for; answers the folder of their journal. */
  #colleagueBegins(folder: string): Promise<string> {
    const { other } = this.#schedule;
    if (other === null) return Promise.resolve(folder);
    this.#colleague ??= this.#colleagueActs(other, folder);
    return this.#colleague;
  }

  async #colleagueActs(other: Other, first: string): Promise<string> {
    const { stage, notes } = this.#scene;
    const { wish, deaths } = this.#schedule;
    // A journal that is taken over from a dead program cannot be another's at the same time here.
    const shares = (other.sharesJournal || other.does === 'watch') && deaths.length === 0;
    const folder = shares ? first : await stateFolder(stage);
    const terminal = await Terminal.open(stage, {
      who: other.who,
      folder,
      death: null,
      before: async () => {},
    });
    notes.push(other.does === 'watch' ? 'second terminal watched' : `second responder (${other.who})`);
    if (other.does === 'watch') await resume(this.#scene, terminal);
    else {
      const request = requestOf(stage, this.#subject, other.does === 'the same' ? wish : other.does);
      const signal = new AbortController().signal;
      await act(this.#scene, terminal, request, {
        presses: 1,
        runsTwice: false,
        signal,
        between: async () => {},
      });
    }
    await terminal.close();
    return folder;
  }
}

function isMoment(at: unknown): at is Moment {
  return typeof at === 'object' && at !== null && 'phase' in at;
}
