import type { LogSource } from '../../model/catalog.ts';
import { Failure } from '../../model/failure.ts';
import { SYSTEM } from './failure.ts';

const INDEX = /^[a-z0-9_][a-z0-9_-]{0,79}$/;
const FIELD = /^[A-Za-z_][A-Za-z0-9_.]{0,99}$/;
const MAX_VALUE = 1_000;
/** Splunk names no limit of its own; a search of more than a squad's services is a mistake rather than a wish. */
const MAX_SEARCH = 8_000;
/** Control characters, and what starts a macro or a subsearch even where quotes should hold it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f`[]/;

/** Raw text, times and identity of each event, and the usual names of what a line says about itself. */
const FIELDS = [
  '_raw',
  '_time',
  '_indextime',
  '_cd',
  '_bkt',
  'index',
  'host',
  'source',
  'sourcetype',
  'splunk_server',
  'level',
  'version',
  'instance',
  'container',
];

/** One service's lines, or those of several together. */
export type Sources = LogSource | readonly LogSource[];

/**
 * The search of one service's lines in Splunk's language. Index and field names are checked against what such
 * names may be, every value is quoted.
 */
export function logSpl(source: Sources, environment: string, contains?: string): string {
  return `${searchOf(source, environment, contains)} | fields ${fieldsOf(source)}`;
}

/** How many lines there are of each second that they were indexed in (whole seconds since 1970). */
export function countsSpl(source: Sources, environment: string, contains?: string): string {
  const stages = ['eval oncall_second=_indextime', 'stats count by oncall_second'];
  return [searchOf(source, environment, contains), ...stages].join(' | ');
}

/** Only the newest `limit`, which ends the search as soon as they are found. */
export function newestSpl(source: Sources, environment: string, limit: number, contains?: string): string {
  return `${searchOf(source, environment, contains)} | head ${Math.trunc(limit)} | fields ${fieldsOf(source)}`;
}

/** Only the oldest `limit`: Splunk has to read the whole time for them. */
export function oldestSpl(source: LogSource, environment: string, limit: number): string {
  return `${searchOf(source, environment)} | tail ${Math.trunc(limit)} | fields ${fieldsOf(source)}`;
}

/** The search clause alone, as a person would type it. */
export function searchOf(source: Sources, environment: string, contains?: string): string {
  const all = eachOf(source).map((each) => whereOf(each, environment));
  const where = 'index' in source ? all : [`(${all.map((each) => `(${each})`).join(' OR ')})`];
  const text = contains === undefined || contains === '' ? [] : [quoted(wildcard(contains))];
  const search = ['search', ...where, ...text].join(' ');
  if (search.length > MAX_SEARCH) {
    const size = `the search for ${all.length} services has ${search.length} characters, the limit is ${MAX_SEARCH}`;
    throw refused(`${size}; follow fewer services at once`);
  }
  return search;
}

function eachOf(source: Sources): readonly LogSource[] {
  return 'index' in source ? [source] : source;
}

/** Where there are several services, also what tells whose a line is (`serviceOfRow`). */
function fieldsOf(source: Sources): string {
  const own = 'index' in source ? [] : source.flatMap(({ where }) => Object.keys(where));
  return [...new Set([...FIELDS, ...own])].join(', ');
}

function whereOf(source: LogSource, environment: string): string {
  const index = source.index.replaceAll('{environment}', environment);
  if (!INDEX.test(index)) throw refused(`“${index}” is no name of an index`);
  const terms = Object.entries(source.where).map(([field, value]) => {
    if (!FIELD.test(field)) throw refused(`“${field}” is no name of a field`);
    return `${field}=${quoted(value.replaceAll('{environment}', environment))}`;
  });
  return [`index=${quoted(index)}`, ...terms].join(' ');
}

/**
 * Whether a search for this text finds lines without it too: `*` cannot be escaped, and what must not be sent is
 * asked for as `*`. Never does it miss a line.
 */
export function findsTooMuch(contains: string): boolean {
  return contains.includes('*') || FORBIDDEN.test(contains);
}

/** Within asterisks: as part of a word too, not only as whole words. */
function wildcard(contains: string): string {
  return `*${contains.replace(new RegExp(FORBIDDEN, 'g'), '*')}*`;
}

/** A value inside quotes that it cannot leave: https://docs.splunk.com/Documentation/Splunk/latest/Search/Quotes */
export function quoted(value: string): string {
  if (value.length > MAX_VALUE) throw refused(`a text of more than ${MAX_VALUE} characters`);
  if (FORBIDDEN.test(value)) throw refused('control characters, ` and [ cannot be searched for');
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function refused(why: string): Failure {
  return new Failure(SYSTEM, 'invalid', `Splunk is not asked: ${why}.`);
}
