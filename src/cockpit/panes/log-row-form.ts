import type { LogLine } from '../../model/log-line.ts';
import { marker } from '../filter.ts';
import { selectedLines } from '../stores/logs.ts';
import type { View } from '../stores/view.ts';
import type { LogRows } from './log-lines.ts';

type Form = Pick<LogRows, 'wrap' | 'before' | 'gaps' | 'highlight' | 'unfolded' | 'selected'>;

/** How the person wants these lines shown. */
export function logRowForm({ logs }: View, lines: readonly LogLine[]): Form {
  return {
    wrap: logs.wrap,
    before: logs.time === 'before' ? (lines.at(-1)?.at ?? null) : null,
    gaps: logs.time === 'gaps',
    highlight: logs.highlight === '' ? null : marker(logs.highlight),
    unfolded: logs.unfolded,
    selected: new Set(selectedLines(logs, lines).map(({ id }) => id)),
  };
}
