import type { LogFound } from '../model/log-counts.ts';
import type { Line } from './widgets/line.ts';

/** What of a search's lines is not here, for the title; `most` were asked for. */
export function lackParts({ lines, incomplete }: LogFound, most: number): readonly Line[] {
  return [
    lines.length === most ? [{ text: `the newest ${most} lines, there may be more`, tone: 'warn' }] : [],
    incomplete === null ? [] : [{ text: `there may be more: ${incomplete.text}`, tone: 'warn' }],
  ];
}
