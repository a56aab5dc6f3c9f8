import type { LogLevel, LogLine } from '../model/log-line.ts';
import type { Paint, Tone } from './paint.ts';
import { timeOfDay } from './time.ts';

const TONES: Readonly<Record<LogLevel, Tone | null>> = {
  fatal: 'bad',
  error: 'bad',
  warn: 'warn',
  info: null,
  debug: 'muted',
  unknown: null,
};

/**
 * `03:12:41 i-03 ERROR NoMethodError: …`; whole, however long: it is for reading and for pipes. With `whose`, the
 * columns for it, the service comes after the time.
 */
export function logLineText(line: LogLine, paint: Paint, whose = 0): string {
  const level = line.level === 'unknown' ? '' : paint(TONES[line.level], line.level.toUpperCase().padEnd(5));
  const parts = [
    paint('muted', timeOfDay(line.at)),
    whose === 0 ? '' : line.service.padEnd(whose),
    line.instance === null ? '' : paint('accent', line.instance),
    level,
    line.late ? paint('warn', 'late') : '',
    line.message,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** One line of a log as one line of JSON; times with milliseconds, so that they sort. */
export function jsonLogLine(line: LogLine): string {
  const { service, level, message, instance, version, fields, late } = line;
  const at = new Date(line.at).toISOString();
  const indexed_at = new Date(line.indexedAt).toISOString();
  return `${JSON.stringify({ at, indexed_at, service, level, message, instance, version, fields, late })}\n`;
}

/** One line of a log as a file keeps it: the whole time, so that lines of any day sort. */
export function logFileLine({ at, service, instance, level, message }: LogLine): string {
  const parts = [new Date(at).toISOString(), service, instance ?? '-', level.toUpperCase(), message];
  return `${parts.join(' ')}\n`;
}
