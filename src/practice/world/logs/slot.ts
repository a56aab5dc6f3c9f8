import { HOUR, type Instant, SECOND } from '../../../model/instant.ts';
import { createRandom } from '../random.ts';
import type { PracticeLogLine } from '../state.ts';
import type { Random } from '../world.ts';
import { chatter, complaint, grief } from './sayings.ts';
import { helperLine, nginxLine, type Spoken, successStatus } from './sidecars.ts';
import { type Speaker, speak } from './voices.ts';
import type { Outbreak, Writer } from './writers.ts';

/** One writer's lines are made a slot of world time at a time; the same slot always holds the same lines. */
export const SLOT = 10 * SECOND;
/** No line is found later than this after its event time. */
export const LATEST_INDEXING = 75 * SECOND;

const BUCKET_SPAN = 6 * HOUR;
const SLOTS_PER_BUCKET = BUCKET_SPAN / SLOT;
const MAX_PER_SLOT = 2048;
const EVERYDAY = 'everyday';

/** A line, and from when a search finds it: a little after its index time, as events wait for their bucket. */
export interface WrittenLine extends PracticeLogLine {
  readonly searchableAt: Instant;
}

/** Lines of one writer in slot number `slot` (world time divided by `SLOT`), in no particular order. */
export function slotLines(
  seed: number,
  writer: Writer,
  slot: number,
  outbreaks: readonly Outbreak[],
): WrittenLine[] {
  const start = slot * SLOT;
  const lines: WrittenLine[] = [];
  const random = createRandom(seed, `lines ${writer.instance} ${slot}`);
  const count = howMany(random, writer.rate);
  for (let index = 0; index < count; index++) {
    const at = start + random.integer(0, SLOT - 1);
    const line = finish(
      writer,
      { at, slot, index, random, stream: EVERYDAY },
      everyday(speaker(writer, at, random)),
    );
    if (at >= writer.from && at < writer.to) lines.push(line);
  }
  for (const outbreak of outbreaks) {
    if (!affects(outbreak, writer, start)) continue;
    lines.push(...outbreakLines(seed, writer, slot, outbreak));
  }
  return lines;
}

function outbreakLines(seed: number, writer: Writer, slot: number, { effect, to }: Outbreak): WrittenLine[] {
  const random = createRandom(seed, `outbreak ${effect.key} ${writer.instance} ${slot}`);
  const count = howMany(random, effect.errorRate);
  const lines: WrittenLine[] = [];
  for (let index = 0; index < count; index++) {
    const at = slot * SLOT + random.integer(0, SLOT - 1);
    const line = finish(
      writer,
      { at, slot, index, random, stream: effect.key },
      effect.version === null
        ? suffering(speaker(writer, at, random), effect.errors)
        : failing(speaker(writer, at, random), effect.errors),
    );
    if (at >= Math.max(effect.since, writer.from) && at < Math.min(to, writer.to)) lines.push(line);
  }
  return lines;
}

function affects({ effect, to }: Outbreak, writer: Writer, start: Instant): boolean {
  return (
    effect.service === writer.service &&
    effect.environment === writer.environment &&
    (effect.version === null || effect.version === writer.version) &&
    effect.since < start + SLOT &&
    to > start
  );
}

function everyday(by: Speaker): Spoken {
  const chance = by.random.next();
  if (chance < 0.22) return nginxLine(by, successStatus(by.random));
  if (chance < 0.25) return helperLine(by);
  const saying = chatter(by.random, by.service);
  return { container: by.service, level: saying.level, raw: speak(saying, by) };
}

/** Most are the service's own errors; some are what the proxy in front saw of them. */
function failing(by: Speaker, errors: readonly string[]): Spoken {
  if (by.random.next() < 0.2) return nginxLine(by, 500);
  const saying = complaint(by.random, by.random.pick(errors), by.service);
  return { container: by.service, level: saying.level, raw: speak(saying, by) };
}

/** What a service writes that is well itself. */
function suffering(by: Speaker, errors: readonly string[]): Spoken {
  const saying = grief(by.random, by.random.pick(errors));
  return { container: by.service, level: saying.level, raw: speak(saying, by) };
}

function speaker(writer: Writer, at: Instant, random: Random): Speaker {
  const { service, environment, version, instance } = writer;
  return { at, service, environment, version, instance, random };
}

function howMany(random: Random, rate: number): number {
  return Math.min(Math.floor((rate * SLOT) / SECOND + random.next()), MAX_PER_SLOT);
}

interface Place {
  readonly at: Instant;
  readonly slot: number;
  readonly index: number;
  readonly random: Random;
  /** What the lines come from: each stream has its own bucket of addresses. */
  readonly stream: string;
}

function finish(writer: Writer, place: Place, spoken: Spoken): WrittenLine {
  const { at, random } = place;
  const late = random.next() < 0.01;
  const indexedAt =
    at + (late ? random.integer(8 * SECOND, 60 * SECOND) : random.integer(SECOND, 4 * SECOND));
  return {
    ...address(writer.instance, place),
    at,
    indexedAt,
    searchableAt:
      indexedAt + (random.next() < 0.01 ? random.integer(SECOND, 10 * SECOND) : random.integer(0, SECOND)),
    service: writer.service,
    environment: writer.environment,
    instance: writer.instance,
    version: writer.version,
    ...spoken,
  };
}

/** `_bkt` and `_cd`: the number after the colon is unique for writer, slot and index within six hours of a stream. */
function address(instance: string, { slot, index, stream }: Place): { bucket: string; cd: string } {
  const number = Math.floor(slot / SLOTS_PER_BUCKET) % 100_000;
  const offset = (hash30(instance) * 4096 + (slot % SLOTS_PER_BUCKET)) * 2048 + index;
  const peer = hash30(stream).toString(16).toUpperCase().padStart(12, '0');
  return { bucket: `app~${number}~5C6F0B1E-8A52-4C0B-9B0D-${peer}`, cd: `${number}:${offset}` };
}

function hash30(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value ^ (value >>> 15)) & 0x3fffffff;
}
