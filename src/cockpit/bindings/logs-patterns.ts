import type { Cockpit } from '../cockpit.ts';
import type { Binding } from '../keymap.ts';
import { needsIncident } from '../verbs/incidents.ts';
import { hidePattern, keepPattern, needsPattern, notePattern, showPatterns } from '../verbs/log-patterns.ts';
import { back, needsSubject } from '../verbs/panes.ts';

const cannotNote = (cockpit: Cockpit) =>
  cockpit.actions.disabledReason('note', null) ?? needsPattern(cockpit) ?? needsIncident(cockpit);

/** Keys to and in the patterns of the log. */
export const logsPatternBindings: readonly Binding[] = [
  {
    id: 'patterns',
    keys: ['P'],
    scope: 'logs',
    label: 'patterns',
    help: 'the patterns of its lines: what is new since the deploy first',
    hint: -6,
    disabledReason: needsSubject,
    run: showPatterns,
  },
  {
    id: 'keep-pattern',
    keys: ['enter', 'l', 'right'],
    scope: 'patterns',
    label: 'its lines',
    help: 'only the lines of this pattern',
    hint: -6,
    disabledReason: needsPattern,
    run: keepPattern,
  },
  {
    id: 'hide-pattern',
    keys: ['x'],
    scope: 'patterns',
    label: 'hide',
    help: 'hide its lines in the log, or show them again',
    hint: -5,
    disabledReason: needsPattern,
    run: hidePattern,
  },
  {
    id: 'note-pattern',
    keys: ['n'],
    scope: 'patterns',
    overrides: 'note',
    label: 'note',
    help: 'note it on the incident',
    hint: -4,
    dangerous: true,
    disabledReason: cannotNote,
    run: notePattern,
  },
  {
    id: 'leave-patterns',
    keys: ['P', 'h', 'left'],
    scope: 'patterns',
    label: 'lines',
    help: 'back to the lines',
    hint: -3,
    palette: false,
    run: back,
  },
];
