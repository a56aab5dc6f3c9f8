import type { Cockpit } from '../cockpit.ts';
import type { Binding } from '../keymap.ts';
import { currentIncident, visibleIncidents } from '../selectors.ts';
import { toggleAllMarks, toggleMark } from '../verbs/incidents.ts';
import { move, openRow } from '../verbs/move.ts';
import { back, needsDeploy, openDeploy, openIncident } from '../verbs/panes.ts';

const noIncident = ({ view }: Cockpit) =>
  currentIncident(view.get()) === null ? 'There is no incident here' : null;

/** Keys of one pane. */
export const paneBindings: readonly Binding[] = [
  {
    id: 'open',
    keys: ['enter', 'l', 'right'],
    scope: 'incidents',
    label: 'open',
    help: 'open it: alerts, notes, who was paged',
    hint: 10,
    disabledReason: noIncident,
    run: openIncident,
  },
  {
    id: 'close',
    keys: ['h', 'left'],
    scope: 'incidents',
    label: 'back',
    help: 'back to the list',
    palette: false,
    run: back,
  },
  {
    id: 'mark',
    keys: ['space'],
    scope: 'incidents',
    label: 'mark',
    help: 'mark the incident, and down a row',
    hint: 60,
    disabledReason: noIncident,
    run: (cockpit) => {
      const incident = currentIncident(cockpit.view.get());
      if (incident === null) return;
      toggleMark(cockpit, incident.id);
      move(cockpit, 1);
    },
  },
  {
    id: 'mark-all',
    keys: ['A'],
    scope: 'incidents',
    label: 'mark all',
    help: 'mark all that are shown, or none',
    run: (cockpit) => toggleAllMarks(cockpit, visibleIncidents(cockpit.view.get())),
  },
  {
    id: 'open-deploy',
    keys: ['enter', 'l', 'right'],
    scope: 'deploys',
    label: 'what changed',
    help: 'what it changed: commits, files, migrations',
    hint: 10,
    disabledReason: needsDeploy,
    run: openDeploy,
  },
  {
    id: 'close-deploy',
    keys: ['h', 'left'],
    scope: 'deploys',
    label: 'back',
    help: 'back to the list',
    palette: false,
    run: back,
  },
  {
    id: 'unfold',
    keys: ['l', 'right', 'enter'],
    scope: 'fleet',
    label: 'open',
    help: 'open a group or an instance',
    hint: 10,
    run: (cockpit) => openRow(cockpit, 1),
  },
  {
    id: 'fold',
    keys: ['h', 'left'],
    scope: 'fleet',
    label: 'close',
    help: 'close it',
    hint: 11,
    run: (cockpit) => openRow(cockpit, -1),
  },
];
