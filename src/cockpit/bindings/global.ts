import type { Binding } from '../keymap.ts';
import { PANES } from '../layout.ts';
import { watchRun } from '../verbs/attach.ts';
import { copyCurrent, copyLink } from '../verbs/copy.ts';
import { open } from '../verbs/dialogs.ts';
import { move, movePage } from '../verbs/move.ts';
import { openPalette } from '../verbs/palette.ts';
import {
  back,
  backOrQuit,
  changeEnvironment,
  focus,
  focusNext,
  needsSubject,
  refreshAll,
  startFilter,
  togglePin,
  toggleZoom,
} from '../verbs/panes.ts';

const row = (binding: Omit<Binding, 'scope'>): Binding => ({ scope: 'global', ...binding });
const movement = (id: string, keys: readonly string[], help: string, run: Binding['run']): Binding =>
  row({ id, keys, label: '', help, palette: false, run });

const anywhere = (id: string, key: string, help: string, run: Binding['run']): Binding => ({
  id,
  keys: [key],
  scope: 'anywhere',
  label: '',
  help,
  palette: false,
  run,
});

const PANE_HELP = {
  incidents: 'what is burning',
  deploys: 'what changed',
  fleet: 'what runs',
  logs: 'what it says',
  signals: 'what monitoring and customers say',
} as const;

/** Keys that mean the same in every pane; the first ones in dialogs and text fields too. */
export const globalBindings: readonly Binding[] = [
  anywhere('repaint', '^l', 'draw the whole screen anew', ({ terminal }) => terminal.repaint()),
  anywhere('suspend', '^z', 'back to the shell; fg comes back', ({ terminal }) => terminal.suspend()),
  anywhere('leave', '^c', 'leave at once', ({ terminal }) => terminal.quit()),
  movement('down', ['j', 'down'], 'down a row', (cockpit) => move(cockpit, 1)),
  movement('up', ['k', 'up'], 'up a row', (cockpit) => move(cockpit, -1)),
  movement('top', ['g', 'home'], 'to the first row', (cockpit) => move(cockpit, Number.NEGATIVE_INFINITY)),
  movement('bottom', ['G', 'end'], 'to the last row', (cockpit) => move(cockpit, Number.POSITIVE_INFINITY)),
  movement('page-down', ['pgdn'], 'down a page', (cockpit) => movePage(cockpit, 1)),
  movement('page-up', ['pgup'], 'up a page', (cockpit) => movePage(cockpit, -1)),
  movement('next-pane', ['tab'], 'the next pane', (cockpit) => focusNext(cockpit, 1)),
  movement('previous-pane', ['shift+tab'], 'the pane before', (cockpit) => focusNext(cockpit, -1)),
  movement('back', ['esc'], 'out: of details, a filter, the zoom, a pane', back),
  ...PANES.map((pane, index) =>
    row({
      id: pane,
      keys: [String(index + 1)],
      label: '',
      help: `the ${pane} pane: ${PANE_HELP[pane]}`,
      run: (cockpit) => focus(cockpit, pane),
    }),
  ),
  row({
    id: 'filter',
    keys: ['/'],
    label: 'filter',
    help: 'filter this pane; ! in front inverts',
    hint: 50,
    run: startFilter,
  }),
  row({
    id: 'zoom',
    keys: ['z'],
    label: 'zoom',
    help: 'this pane alone, or all again',
    hint: 51,
    run: toggleZoom,
  }),
  row({
    id: 'palette',
    keys: [':'],
    label: 'command',
    help: 'commands, services, environments by name',
    hint: 92,
    palette: false,
    run: openPalette,
  }),
  row({
    id: 'help',
    keys: ['?'],
    label: 'help',
    help: 'all keys',
    hint: 93,
    run: (cockpit) => open(cockpit, { kind: 'help', scroll: 0 }),
  }),
  row({ id: 'quit', keys: ['q'], label: 'quit', help: 'back out, or leave', hint: 94, run: backOrQuit }),
  row({
    id: 'pin',
    keys: ['p'],
    label: 'pin',
    help: 'keep the panes on this service, or let go',
    disabledReason: needsSubject,
    run: togglePin,
  }),
  row({ id: 'environment', keys: ['e'], label: 'env', help: 'another environment', run: changeEnvironment }),
  row({
    id: 'refresh',
    keys: ['^r'],
    label: 'refresh',
    help: 'read and draw it all again, worst first',
    run: (cockpit) => void refreshAll(cockpit),
  }),
  row({
    id: 'runbook',
    keys: ['o'],
    label: 'runbook',
    help: 'show and copy the runbook or link',
    run: (cockpit) => void copyLink(cockpit),
  }),
  row({
    id: 'copy',
    keys: ['y'],
    label: 'copy',
    help: 'copy what the cursor is on (works over SSH)',
    run: copyCurrent,
  }),
  row({
    id: 'who',
    keys: ['O'],
    label: 'who',
    help: 'who is on call for the tribe and every squad',
    run: (cockpit) => open(cockpit, { kind: 'who', scroll: 0 }),
  }),
  row({
    id: 'watch',
    keys: ['W'],
    label: 'watch',
    help: 'what is under way, or has just ended',
    run: (cockpit) => void watchRun(cockpit),
  }),
];
