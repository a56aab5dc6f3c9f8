import type { LogLevel } from '../model/log-line.ts';

/** Where a line, or what the log system knows of it, tells its level: the first of these counts. */
export const LEVEL_FIELDS = ['level', 'severity', 'lvl', 'log_level', 'levelname'] as const;

/** Where a structured line has its message: the first of these counts. */
export const MESSAGE_FIELDS = ['message', 'msg', 'log', '@message', 'event'];

/** What a level is called, in lower case. */
export const LEVELS: ReadonlyMap<string, LogLevel> = new Map<string, LogLevel>([
  ['fatal', 'fatal'],
  ['critical', 'fatal'],
  ['crit', 'fatal'],
  ['emerg', 'fatal'],
  ['alert', 'fatal'],
  ['panic', 'fatal'],
  ['severe', 'error'],
  ['error', 'error'],
  ['err', 'error'],
  ['warning', 'warn'],
  ['warn', 'warn'],
  ['notice', 'info'],
  ['information', 'info'],
  ['info', 'info'],
  ['debug', 'debug'],
  ['trace', 'debug'],
  // pino and bunyan write numbers: https://getpino.io/#/docs/api?id=logger-level
  ['60', 'fatal'],
  ['50', 'error'],
  ['40', 'warn'],
  ['30', 'info'],
  ['20', 'debug'],
  ['10', 'debug'],
]);
