import type { Check, Plan } from '../../actions/types.ts';
import type { Paint, Tone } from '../../text/paint.ts';

const MARKS: Readonly<Record<Check['result'], readonly [mark: string, tone: Tone]>> = {
  pass: ['ok  ', 'good'],
  warn: ['WARN', 'warn'],
  block: ['STOP', 'bad'],
  skipped: ['-   ', 'muted'],
};

/** A plan for a person to read: what, who notices, every check with its name, what changes. */
export function planText(plan: Plan, paint: Paint): string {
  const width = Math.max(0, ...plan.checks.map((check) => check.id.length));
  const checks = plan.checks.map((check) => {
    const [mark, tone] = MARKS[check.result];
    return `  ${paint(tone, mark)} ${check.id.padEnd(width)}  ${check.text}`;
  });
  const changes =
    plan.changes.length === 0 ? [] : ['  Changes:', ...plan.changes.map((each) => `    ${each}`)];
  return `${[paint('strong', plan.title), ...plan.lines.map((line) => `  ${line}`), ...checks, ...changes].join('\n')}\n`;
}

/** One argument as a POSIX shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
