import type { Binding } from '../keymap.ts';
import { pageLines } from '../verbs/log-pager.ts';
import { needsLines, saveLines } from '../verbs/log-save.ts';

/** Keys that keep lines of the log pane, or go to others. */
export const logsKeepingBindings: readonly Binding[] = [
  {
    id: 'save',
    keys: ['>'],
    scope: 'logs',
    label: 'save',
    help: 'save the shown lines in a file',
    disabledReason: needsLines,
    run: saveLines,
  },
  {
    id: 'pager',
    keys: ['|'],
    scope: 'logs',
    label: 'pager',
    help: 'read the shown lines in $PAGER',
    disabledReason: needsLines,
    run: (cockpit) => void pageLines(cockpit),
  },
];
