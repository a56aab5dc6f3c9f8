import type { LogLine } from '../../model/log-line.ts';
import { maskedMessage } from './masked.ts';
import { WILD } from './varies.ts';

/** Whether lines are of the form of a pattern's template. */
export function ofTemplate(template: string): (line: Pick<LogLine, 'message'>) => boolean {
  const tokens = template.split(' ');
  return (line) => fits(tokens, maskedMessage(line).split(' '));
}

/** Whether every word of a masked line is that of the template, where the template has one. */
export function fits(template: readonly string[], masked: readonly string[]): boolean {
  return (
    template.length === masked.length &&
    template.every((token, index) => token === WILD || token === masked[index])
  );
}
