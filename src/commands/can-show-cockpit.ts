import type { Context } from './row.ts';

/** Whether both ends are a terminal that can address its cells. */
export function canShowCockpit(context: Context): boolean {
  return context.stdout.isTerminal && process.stdin.isTTY === true && context.env.TERM !== 'dumb';
}
