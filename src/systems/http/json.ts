import { Failure, toFailure } from '../../model/failure.ts';
import type { Transport } from './transport.ts';

const MAX_DEPTH = 64;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A system's body as JSON. Its size was checked by the transport; its depth and its keys are checked here. */
export function parseJson(system: string, host: string, body: Buffer | string): unknown {
  const text = typeof body === 'string' ? body : body.toString('utf8');
  if (depthOf(text) > MAX_DEPTH) throw unreadable(system, host, 'its JSON is nested too deeply');
  try {
    // The slow way, which sees every key, only where a forbidden one may be (\u escapes can spell it too).
    return /__proto__|\\u00/.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    if (error instanceof PrototypeKey) throw unreadable(system, host, 'its JSON carries the key __proto__');
    throw unreadable(system, host, text.trim() === '' ? 'its answer is empty' : 'its answer is not JSON');
  }
}

/** The same of an answer that came through the transport: what cannot be read counts in the system's health. */
export function parseAnswer(transport: Transport, system: string, url: string, body: string): unknown {
  try {
    return parseJson(system, new URL(url).host, body);
  } catch (error) {
    transport.report(system, toFailure(system, error));
    throw error;
  }
}

/** JSON where there is some: an error's body may have been written by a proxy. */
export function lenientJson(body: string): unknown {
  try {
    return parseJson('', '', body);
  } catch {
    return null;
  }
}

class PrototypeKey extends Error {}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new PrototypeKey();
  return value;
}

function unreadable(system: string, host: string, why: string): Failure {
  return new Failure(system, 'unreadable', `${host} gave an answer that cannot be read: ${why}.`);
}

/** Deepest nesting of brackets outside strings, in one pass. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (OPENING.has(code)) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (CLOSING.has(code)) depth -= 1;
  }
  return deepest;
}
