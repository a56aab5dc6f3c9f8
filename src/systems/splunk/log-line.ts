import { z } from 'zod';
import type { LogLevel, LogLine } from '../../model/log-line.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { depthOf } from '../http/json.ts';

const value = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => (typeof one === 'string' ? one : one.join('\n')));
/** One row of `results`: every value is a string, or several of them. */
export const rowSchema = z.record(z.string(), value.nullable());
export type Row = z.output<typeof rowSchema>;

const MAX_FIELDS = 40;
const MAX_FIELD_LENGTH = 2_000;
const MAX_JSON_LENGTH = 256 * 1024;
const MAX_JSON_DEPTH = 16;
const MESSAGE_NAMES = ['message', 'msg', 'log', '@message', 'event'];
const LEVEL_NAMES = ['level', 'severity', 'lvl', 'log_level', 'levelname'];
const OWN_NAMES = new Set(['linecount', 'punct', 'timestartpos', 'timeendpos', 'splunk_server_group']);

/** A row of a search as a log line; null where it lacks its time or its identity. */
export function toLogLine(row: Row, service: string, late: (indexedAt: number) => boolean): LogLine | null {
  const at = Date.parse(row._time ?? '');
  const indexedAt = Number(row._indextime) * 1_000;
  if (Number.isNaN(at) || Number.isNaN(indexedAt) || !row._cd) return null;
  const raw = row._raw ?? '';
  const parsed = parseObject(raw);
  const told = (names: readonly string[]) =>
    names.map((name) => parsed?.[name] ?? row[name]).find((found) => found !== undefined && found !== null);
  const version = told(['version']);
  const instance = row.instance ?? row.host;
  return {
    id: `${row._bkt ?? ''}|${row._cd}`,
    at,
    indexedAt,
    level: levelOf(told(LEVEL_NAMES), raw),
    message: safeText(parsed === null ? raw : messageOf(parsed, raw)),
    service,
    instance: instance === undefined || instance === null ? null : safeText(instance),
    version: version === undefined ? null : safeText(version),
    fields: fieldsOf(row, parsed),
    late: late(indexedAt),
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

function isObject(parsed: unknown): parsed is JsonObject {
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
}

function messageOf(parsed: JsonObject, raw: string): string {
  for (const name of MESSAGE_NAMES) {
    const message = parsed[name];
    if (typeof message === 'string' && message !== '') return message;
  }
  return raw;
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  severe: 'error',
  error: 'error',
  err: 'error',
  warning: 'warn',
  warn: 'warn',
  notice: 'info',
  information: 'info',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
  // pino and bunyan write numbers: https://getpino.io/#/docs/api?id=logger-level
  '60': 'fatal',
  '50': 'error',
  '40': 'warn',
  '30': 'info',
  '20': 'debug',
  '10': 'debug',
};

/** Written out near the start of a plain line, as loggers do. */
const LEVEL_IN_TEXT = /\b(FATAL|CRITICAL|SEVERE|ERROR|WARNING|WARN|INFO|DEBUG|TRACE)\b|\blevel="?([a-z]+)/;
const START = 160;

function levelOf(told: unknown, raw: string): LogLevel {
  const named = told === undefined ? undefined : LEVELS[String(told).toLowerCase()];
  if (named !== undefined) return named;
  const found = LEVEL_IN_TEXT.exec(raw.slice(0, START));
  return LEVELS[(found?.[1] ?? found?.[2] ?? '').toLowerCase()] ?? 'unknown';
}

function fieldsOf(row: Row, parsed: JsonObject | null): Record<string, SafeText> {
  const fields: Record<string, SafeText> = {};
  let count = 0;
  const add = (name: string, told: unknown) => {
    if (count >= MAX_FIELDS || told === null || told === undefined || name === '__proto__') return;
    const text = typeof told === 'object' ? JSON.stringify(told) : told;
    fields[safeText(name, { maxLength: 100 })] = safeText(text, { maxLength: MAX_FIELD_LENGTH });
    count += 1;
  };
  for (const [name, told] of Object.entries(parsed ?? {})) if (!MESSAGE_NAMES.includes(name)) add(name, told);
  for (const [name, told] of Object.entries(row)) {
    if (!name.startsWith('_') && !OWN_NAMES.has(name) && !(name in fields)) add(name, told);
  }
  return fields;
}
