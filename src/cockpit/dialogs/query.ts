import type { QueryDialog } from '../stores/dialog.ts';
import { RANGES } from '../stores/search.ts';
import { type Line, wrap } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';
import { textContent } from './lists.ts';

const HINT =
  'SPL, as in Splunk; earliest= and latest= in it win over the time chosen here. Splunk reads it before it runs; commands that change or send something are refused.';

/** A search to write, the time that it reads, and what is wrong with it. */
export function queryContent(dialog: QueryDialog, width: number): DialogContent {
  const { text, error, abort } = dialog;
  const written = textContent({ title: 'Search by hand', hint: HINT, text }, width);
  const times = RANGES.map(
    ({ label }, index): Line => [
      { text: ` ${label} `, ...(index === dialog.range ? { inverse: true } : { tone: 'muted' as const }) },
    ],
  );
  const told: readonly Line[] =
    abort !== null
      ? [[{ text: 'Splunk reads it…', tone: 'muted' }]]
      : error === null
        ? [[]]
        : wrap(error, width - 4).map((row): Line => [{ text: row, tone: 'bad' }]);
  return { ...written, foot: [times.flat(), ...told, ...written.foot] };
}
