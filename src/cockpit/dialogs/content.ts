import type { Cockpit } from '../cockpit.ts';
import type { Rect } from '../layout.ts';
import { fleetOf } from '../selectors.ts';
import type { Dialog } from '../stores/dialog.ts';
import { paletteEntries } from '../verbs/palette.ts';
import { type DialogContent, wantedRows } from './box.ts';
import { helpContent } from './help.ts';
import { chooseContent, paletteContent, textContent } from './lists.ts';
import { planContent } from './plan.ts';
import { progressContent } from './progress.ts';
import { queryContent } from './query.ts';
import { whoContent } from './who.ts';

/** Fewer rows than these are no use to a pane beside a dialog. */
const LEAST_PANE_ROWS = 5;
/** Progress keeps its height, so that what lies under it stays where it is while events come. */
const PROGRESS_ROWS = 24;

/** What a dialog shows in a box that wide; null: it has none. */
export function dialogContent(cockpit: Cockpit, dialog: Dialog, width: number): DialogContent | null {
  switch (dialog.kind) {
    case 'help':
      return helpContent(cockpit.keymap, dialog.scroll, width);
    case 'who':
      return whoContent(cockpit, dialog.scroll, width);
    case 'palette':
      return paletteContent(dialog.text, dialog.index, paletteEntries(cockpit, dialog.text), width);
    case 'choose':
      return chooseContent(dialog, width);
    case 'text':
      return textContent(dialog, width);
    case 'query':
      return queryContent(dialog, width);
    case 'wait':
      return { title: dialog.title, body: [[{ text: 'reading…', tone: 'muted' }]], foot: [], scroll: 0 };
    case 'plan':
      return planContent(dialog, width);
    case 'progress': {
      const run = cockpit.runs.get().find(({ id }) => id === dialog.run);
      if (run === undefined) return null;
      const { service, environment } = run;
      const at = service === null || environment === null ? null : { service, environment };
      const groups = at === null ? [] : (fleetOf(cockpit, at).get().value ?? []);
      return progressContent(run, groups, dialog.scroll, width, cockpit.settings.readOnly);
    }
    case 'filter':
      return null;
  }
}

/** Rows that a dialog takes of those there are: all, where too few would be left for the logs under it. */
export function dialogHeight(cockpit: Cockpit, dialog: Dialog, body: Rect): number {
  const content = dialogContent(cockpit, dialog, body.width);
  const wanted = dialog.kind === 'progress' ? PROGRESS_ROWS : content === null ? 0 : wantedRows(content);
  return body.height - wanted >= LEAST_PANE_ROWS ? wanted : body.height;
}
