import type { Binding } from '../keymap.ts';
import { showContext } from '../verbs/log-context.ts';
import { askTime, needsService } from '../verbs/log-jump.ts';
import { chooseMark, markLine } from '../verbs/log-marks.ts';
import { pageLines } from '../verbs/log-pager.ts';
import { needsLines, saveLines } from '../verbs/log-save.ts';
import { needsMates, toggleSquad } from '../verbs/log-squad.ts';

/** Keys that keep lines of the log pane, or go to others. */
export const logsKeepingBindings: readonly Binding[] = [
  {
    id: 'context',
    keys: ['c'],
    scope: 'logs',
    label: 'context',
    help: 'the lines around this one, from all instances, without filters',
    disabledReason: needsLines,
    run: (cockpit) => void showContext(cockpit),
  },
  {
    id: 'jump-time',
    keys: ['T'],
    scope: 'logs',
    label: 'time',
    help: 'jump to a time, the trigger or the deploy',
    disabledReason: needsService,
    run: askTime,
  },
  {
    id: 'mark-line',
    keys: ['m'],
    scope: 'logs',
    label: 'mark',
    help: 'mark the line with a note; the timeline tells it',
    disabledReason: needsLines,
    run: markLine,
  },
  {
    id: 'marks',
    keys: ['M'],
    scope: 'logs',
    label: 'marks',
    help: 'go to a marked line',
    run: chooseMark,
  },
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
  {
    id: 'squad-logs',
    keys: ['Q'],
    scope: 'logs',
    label: 'squad',
    help: 'the logs of the whole squad as one, or of this service',
    disabledReason: needsMates,
    run: toggleSquad,
  },
];
