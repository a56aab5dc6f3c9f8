import type { Binding } from '../keymap.ts';
import { moveShape, needsShape, searchSpan, showShape, toggleSpan } from '../verbs/log-shape.ts';
import { back, needsSubject } from '../verbs/panes.ts';

/** Keys to and in the shape of the log over time. */
export const logsShapeBindings: readonly Binding[] = [
  {
    id: 'shape',
    keys: ['V'],
    scope: 'logs',
    label: 'shape',
    help: 'how many lines when, by level, with deploys and the incident',
    hint: -6,
    disabledReason: needsSubject,
    run: showShape,
  },
  {
    id: 'shape-left',
    keys: ['h', 'left'],
    scope: 'shape',
    label: 'earlier',
    help: 'to the time before',
    hint: -4,
    palette: false,
    run: (cockpit) => moveShape(cockpit, -1),
  },
  {
    id: 'shape-right',
    keys: ['l', 'right'],
    scope: 'shape',
    label: 'later',
    help: 'to the time after',
    hint: -3,
    palette: false,
    run: (cockpit) => moveShape(cockpit, 1),
  },
  {
    id: 'shape-span',
    keys: ['v', 'space'],
    scope: 'shape',
    label: (view) => (view.logs.shape.from === null ? 'begin span' : 'end span'),
    help: 'begin a span that goes to the cursor, or let it go',
    hint: -5,
    disabledReason: needsShape,
    run: toggleSpan,
  },
  {
    id: 'shape-search',
    keys: ['enter'],
    scope: 'shape',
    label: 'its lines',
    help: 'search the time under the cursor, or the span, in the log system',
    hint: -6,
    disabledReason: needsShape,
    run: (cockpit) => void searchSpan(cockpit),
  },
  {
    id: 'leave-shape',
    keys: ['V'],
    scope: 'shape',
    label: 'lines',
    help: 'back to the lines',
    hint: -2,
    palette: false,
    run: back,
  },
];
