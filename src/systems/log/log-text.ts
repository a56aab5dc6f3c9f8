import { LEVEL_FIELDS, MESSAGE_FIELDS } from '../../insight/log-names.ts';
import type { LogLevel } from '../../model/log-line.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { depthOf } from '../http/json.ts';
import { levelInText, levelNamed } from './level.ts';

const MAX_FIELDS = 40;
const MAX_FIELD_LENGTH = 2_000;
const MAX_JSON_LENGTH = 256 * 1024;
const MAX_JSON_DEPTH = 16;
const MAX_PAIRS_LENGTH = 16 * 1024;
const STARTS_WITH_PAIR = /^[\w.@-]+=/;
const PAIR = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g;

/** What a raw log line says: of itself where it is JSON or key=value pairs, else of its first words. */
export interface LogText {
  readonly level: LogLevel;
  readonly message: SafeText;
  readonly version: SafeText | null;
  readonly fields: Readonly<Record<string, SafeText>>;
}

/** @param told what the log system itself tells of the line, by name; the line's own word comes first. */
export function readLogText(raw: string, told: Readonly<Record<string, unknown>> = {}): LogText {
  const parsed = parseObject(raw) ?? parsePairs(raw);
  const find = (names: readonly string[]) =>
    names.map((name) => parsed?.[name] ?? told[name]).find((found) => found !== undefined && found !== null);
  const version = find(['version']);
  return {
    level: levelNamed(find(LEVEL_FIELDS)) ?? levelInText(raw),
    message: safeText(parsed === null ? raw : messageOf(parsed, raw)),
    version: version === undefined ? null : safeText(version),
    fields: fieldsOf(parsed, told),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A line that is one JSON object; anything else is text. */
function parseObject(raw: string): JsonObject | null {
  if (!raw.startsWith('{') || raw.length > MAX_JSON_LENGTH || depthOf(raw) > MAX_JSON_DEPTH) return null;
  try {
    const parsed: unknown = JSON.parse(raw);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** A line of `key=value` pairs with a message among them (logfmt); anything else is text. */
function parsePairs(raw: string): JsonObject | null {
  if (!STARTS_WITH_PAIR.test(raw) || raw.length > MAX_PAIRS_LENGTH) return null;
  const pairs = [...raw.matchAll(PAIR)].map(([, name = '', quoted, bare]) => [
    name,
    unquoted(quoted) ?? bare,
  ]);
  return pairs.some(([name = '']) => MESSAGE_FIELDS.includes(name)) ? Object.fromEntries(pairs) : null;
}

function unquoted(quoted: string | undefined): string | undefined {
  return quoted?.replace(/\\(.)/g, '$1');
}

function isObject(parsed: unknown): parsed is JsonObject {
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
}

function messageOf(parsed: JsonObject, raw: string): string {
  for (const name of MESSAGE_FIELDS) {
    const message = parsed[name];
    if (typeof message === 'string' && message !== '') return message;
  }
  return raw;
}

function fieldsOf(
  parsed: JsonObject | null,
  told: Readonly<Record<string, unknown>>,
): Record<string, SafeText> {
  const fields: Record<string, SafeText> = {};
  let count = 0;
  const add = (name: string, value: unknown) => {
    if (count >= MAX_FIELDS || value === null || value === undefined || name === '__proto__') return;
    const text = typeof value === 'object' ? JSON.stringify(value) : value;
    fields[safeText(name, { maxLength: 100 })] = safeText(text, { maxLength: MAX_FIELD_LENGTH });
    count += 1;
  };
  for (const [name, value] of Object.entries(parsed ?? {}))
    if (!MESSAGE_FIELDS.includes(name)) add(name, value);
  for (const [name, value] of Object.entries(told)) if (!(name in fields)) add(name, value);
  return fields;
}
