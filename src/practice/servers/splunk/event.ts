import { voiceOf } from '../../world/logs/voices.ts';
import type { PracticeLogLine } from '../../world/state.ts';
import type { Expression, Operator } from './spl/expression.ts';

/** The index that holds every line of the practice world. */
export const PRACTICE_INDEX = 'app';
export const SPLUNK_SERVER = 'idx-1.harbour.example';

/** A result row: every value is text, as splunkd answers. */
export type Row = Record<string, string>;

/** Stands between the values of a field that has several. */
export const SEVERAL = '\u0000';

const SOURCETYPES = {
  json: 'app:json',
  logfmt: 'app:logfmt',
  rails: 'ruby:rails',
  java: 'java:logback',
} as const;

/** A log line as a search sees it; fields in its text are extracted when somebody asks for one. */
export class SearchEvent {
  readonly line: PracticeLogLine;
  readonly #own: Row;
  #extracted: Row | null = null;

  constructor(line: PracticeLogLine) {
    this.line = line;
    const { service, container } = line;
    this.#own = {
      _raw: line.raw,
      _time: isoTime(line.at),
      _indextime: String(Math.floor(line.indexedAt / 1000)),
      _cd: line.cd,
      _bkt: line.bucket,
      index: PRACTICE_INDEX,
      host: line.instance,
      source: `/var/log/containers/${container}.log`,
      sourcetype:
        container === service
          ? SOURCETYPES[voiceOf(service)]
          : container === 'nginx'
            ? 'nginx:access'
            : container,
      splunk_server: SPLUNK_SERVER,
      linecount: String(line.raw.split('\n').length),
      level: line.level,
      instance: line.instance,
      version: line.version,
      service,
      environment: line.environment,
      container,
    };
  }

  get(field: string): string | undefined {
    return this.#own[field] ?? this.#fields()[field];
  }

  /** All fields, or those named. */
  row(names: readonly string[] | null): Row {
    if (names === null) return { ...this.#fields(), ...this.#own };
    const row: Row = {};
    for (const name of names) {
      const value = this.get(name);
      if (value !== undefined) row[name] = value;
    }
    return row;
  }

  #fields(): Row {
    this.#extracted ??= extract(this.line.raw);
    return this.#extracted;
  }
}

export function matches(where: Expression, get: (field: string) => string | undefined): boolean {
  switch (where.kind) {
    case 'and':
      return where.of.every((one) => matches(one, get));
    case 'or':
      return where.of.some((one) => matches(one, get));
    case 'not':
      return !matches(where.of, get);
    case 'text':
      return textPattern(where.text).test(get('_raw') ?? '');
    case 'compare':
      return where.values.some((value) => compares(get(where.field), where.operator, value));
  }
}

/** Splunk's own times in results: ISO 8601 with the user's offset. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}

/** `KV_MODE = auto`: top-level JSON members, else key=value pairs. */
function extract(raw: string): Row {
  if (raw.startsWith('{')) {
    try {
      const parsed: Record<string, unknown> = JSON.parse(raw);
      return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
    } catch {
      return {};
    }
  }
  const pairs = raw.matchAll(/(?:^|\s)([A-Za-z_]\w*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*))/g);
  return Object.fromEntries(Array.from(pairs, ([, key, quoted, bare]) => [key, quoted ?? bare ?? '']));
}

function compares(actual: string | undefined, operator: Operator, wanted: string): boolean {
  // A field that an event lacks satisfies no comparison, `!=` included.
  if (actual === undefined) return false;
  if (operator === '=') return valuePattern(wanted).test(actual);
  if (operator === '!=') return !valuePattern(wanted).test(actual);
  const numbers = Number(actual) - Number(wanted);
  const order = Number.isNaN(numbers) ? (actual < wanted ? -1 : actual > wanted ? 1 : 0) : numbers;
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

const patterns = new Map<string, RegExp>();

/** Whole value, any case, `*` for anything. */
function valuePattern(wanted: string): RegExp {
  return pattern(`^${wildcards(wanted)}$`);
}

/** Whole words, as the index holds segments: `error` does not find `errors`, `error*` does. */
function textPattern(text: string): RegExp {
  const start = /^[a-z0-9]/i.test(text) ? '(?<![a-z0-9])' : '';
  const end = /[a-z0-9]$/i.test(text) ? '(?![a-z0-9])' : '';
  return pattern(`${start}${wildcards(text.replace(/^\*+|\*+$/g, ''))}${end}`);
}

function wildcards(text: string): string {
  return text.split('*').map(literal).join('[\\s\\S]*');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function pattern(source: string): RegExp {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  if (patterns.size > 500) patterns.clear();
  const made = new RegExp(source, 'i');
  patterns.set(source, made);
  return made;
}
