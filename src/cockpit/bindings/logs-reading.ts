import type { Binding } from '../keymap.ts';
import { removeLogFilter } from '../verbs/log-filters.ts';
import { followLogs, toError, toggleFollow, toggleWrap } from '../verbs/logs.ts';

/** Keys of the lines in the log pane. */
export const logsReadingBindings: readonly Binding[] = [
  {
    id: 'follow',
    keys: ['f'],
    scope: 'logs',
    label: 'follow',
    help: 'follow the newest line',
    hint: -5,
    run: followLogs,
  },
  {
    id: 'pause',
    keys: ['space'],
    scope: 'logs',
    label: 'pause',
    help: 'pause, or follow again',
    hint: -4,
    run: toggleFollow,
  },
  {
    id: 'wrap',
    keys: ['w'],
    scope: 'logs',
    label: 'wrap',
    help: 'whole lines, or one row each',
    hint: -3,
    run: toggleWrap,
  },
  {
    id: 'previous-error',
    keys: ['['],
    scope: 'logs',
    label: 'error ↑',
    help: 'to the error before',
    hint: -2,
    run: (cockpit) => toError(cockpit, -1),
  },
  {
    id: 'next-error',
    keys: [']'],
    scope: 'logs',
    label: 'error ↓',
    help: 'to the next error',
    hint: -1,
    run: (cockpit) => toError(cockpit, 1),
  },
  {
    id: 'remove-filter',
    keys: ['X'],
    scope: 'logs',
    label: (view) => (view.logs.filters.length > 0 ? 'remove filter' : ''),
    help: 'remove a filter; Esc removes the last one',
    hint: 0,
    run: removeLogFilter,
  },
];
