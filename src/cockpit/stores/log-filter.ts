import { ofTemplate } from '../../insight/patterns/template.ts';
import type { LogLine } from '../../model/log-line.ts';
import { matcher } from '../filter.ts';

/** Which lines are shown: those that every filter lets through. */
export type LogFilter =
  /** As typed: text, a regular expression or `field=value`, `!` in front inverts. */
  | { readonly kind: 'text'; readonly text: string }
  /** Only the lines of a pattern, or all but them. */
  | { readonly kind: 'pattern'; readonly template: string; readonly hides: boolean };

/** Whether a filter leaves the lines of that pattern out. */
export function isHidden(filters: readonly LogFilter[], template: string): boolean {
  return filters.some((filter) => filter.kind === 'pattern' && filter.hides && filter.template === template);
}

type Passes = (line: LogLine) => boolean;

const FIELD = /^(!?)([\w.@-]+)=(.+)$/;

/** As it stands in the title: `/cents`, `/!healthz`, `only ‹charge failed: <*>›`. */
export function filterLabel(filter: LogFilter): string {
  if (filter.kind === 'text') return `/${filter.text}`;
  return `${filter.hides ? 'without' : 'only'} ‹${filter.template}›`;
}

export function sameFilter(one: LogFilter, other: LogFilter): boolean {
  return filterLabel(one) === filterLabel(other);
}

export function passesAll(filters: readonly LogFilter[]): Passes {
  const all = filters.map(passes);
  return (line) => all.every((each) => each(line));
}

function passes(filter: LogFilter): Passes {
  if (filter.kind === 'pattern') {
    const fits = ofTemplate(filter.template);
    return filter.hides ? (line) => !fits(line) : fits;
  }
  const text = matcher(filter.text);
  const [, inverted = '', name = '', wanted = ''] = FIELD.exec(filter.text) ?? [];
  if (name === '') return (line) => text(lineText(line));
  const value = matcher(wanted);
  const says = (line: LogLine) => value(attribute(line, name) ?? '') && attribute(line, name) !== null;
  // A line without such a field may still say it in its text.
  return inverted === ''
    ? (line) => says(line) || text(lineText(line))
    : (line) => !says(line) && text(lineText(line));
}

function attribute(line: LogLine, name: string): string | null {
  switch (name) {
    case 'level':
      return line.level;
    case 'instance':
      return line.instance;
    case 'version':
      return line.version;
    case 'service':
      return line.service;
    default:
      return line.fields[name] ?? null;
  }
}

function lineText(line: LogLine): string {
  return `${line.instance ?? ''} ${line.level} ${line.version ?? ''} ${line.message}`;
}
