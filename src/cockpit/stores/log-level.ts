import type { LogLevel } from '../../model/log-line.ts';

export function isErrorLevel(level: LogLevel): boolean {
  return level === 'error' || level === 'fatal';
}
