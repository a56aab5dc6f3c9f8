import { setTimeout as sleep } from 'node:timers/promises';
import type { PracticeContainer, PracticeLogLine } from '../../world/state.ts';
import { type Engine, engineOf, findContainer, isUp } from './engine.ts';
import { EngineFailure } from './failure.ts';

/** Lines that are kept on the machine, before its log files are rotated. */
const KEPT = 10_000;
const KEPT_MS = 6 * 3_600_000;
const LOOK_EVERY_MS = 250;

/**
 * GET /containers/{id}/logs: each line in a frame of its own, an 8-byte header (stream, three zeros, length as
 * big-endian 32 bit) before it, as https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerAttach
 * describes it. `follow` goes on until the container ends or the client leaves.
 */
export function containerLogs(
  engine: Engine,
  container: PracticeContainer,
  query: URLSearchParams,
): AsyncIterable<Buffer> {
  const streams = { 1: isSet(query, 'stdout'), 2: isSet(query, 'stderr') };
  if (!streams[1] && !streams[2]) {
    throw new EngineFailure(400, 'Bad parameters: you must choose at least one stream');
  }
  const frames = (lines: readonly PracticeLogLine[]) =>
    lines
      .flatMap((line) => line.raw.split('\n').map((text) => ({ line, text, stream: streamOf(line) })))
      .filter(({ stream }) => streams[stream])
      .map(({ line, text, stream }) =>
        frame(stream, isSet(query, 'timestamps') ? `${stamp(line.at)} ${text}` : text),
      );
  return read(engine, container, query, frames);
}

async function* read(
  engine: Engine,
  container: PracticeContainer,
  query: URLSearchParams,
  frames: (lines: readonly PracticeLogLine[]) => Buffer[],
): AsyncGenerator<Buffer> {
  const { world, instance } = engine;
  const between = (from: number, to: number) =>
    world.logs.lines({
      instance: instance.id,
      container: container.name,
      from,
      to,
      written: true,
      limit: KEPT,
    });
  const until = seconds(query.get('until')) ?? Infinity;
  let end = Math.min(world.now(), until);
  const begin = Math.max(container.createdAt, seconds(query.get('since')) ?? 0, end - KEPT_MS);
  const first = frames(between(begin, end));
  const tail = query.get('tail') ?? 'all';
  const shown = /^\d+$/.test(tail) ? first.slice(first.length - Math.min(Number(tail), first.length)) : first;
  if (shown.length > 0) yield Buffer.concat(shown);
  if (!isSet(query, 'follow')) return;
  while (end < until && isStillUp(engine, container)) {
    // An empty piece lets the host notice that the client has left.
    yield Buffer.alloc(0);
    await sleep(LOOK_EVERY_MS, undefined, { ref: false });
    const now = Math.min(world.now(), until);
    const fresh = frames(between(end, now));
    end = now;
    if (fresh.length > 0) yield Buffer.concat(fresh);
  }
}

function isStillUp(engine: Engine, container: PracticeContainer): boolean {
  const now = engineOf(engine.world, engine.instance.id);
  const same = now === null ? null : findContainer(now, container.id);
  return same !== null && isUp(same);
}

function streamOf(line: PracticeLogLine): 1 | 2 {
  return line.level === 'error' || line.level === 'fatal' ? 2 : 1;
}

function frame(stream: 1 | 2, text: string): Buffer {
  const payload = Buffer.from(`${text}\n`);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/Z$/, '000000Z');
}

function isSet(query: URLSearchParams, name: string): boolean {
  return ['1', 'true', 'True', 'TRUE'].includes(query.get(name) ?? '');
}

/** Unix seconds (with fraction) or RFC 3339; null: not given. */
function seconds(text: string | null): number | null {
  if (text === null || text === '' || text === '0') return null;
  const at = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at)) throw new EngineFailure(400, `invalid value for "since" or "until": ${text}`);
  return at;
}
