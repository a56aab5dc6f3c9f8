import type { Binding } from '../keymap.ts';
import type { DialogKind } from '../stores/dialog.ts';
import { close, moveChoice, pickChoice, submitText, top } from '../verbs/dialogs.ts';
import { closeQuery, nextRange, recall, submitQuery } from '../verbs/log-search.ts';
import { completePalette, movePalette, runPalette } from '../verbs/palette.ts';
import { endFilter } from '../verbs/panes.ts';
import {
  acceptWarning,
  cancelPlan,
  confirmPlan,
  enterMeaning,
  moveFocus,
  tabMeaning,
} from '../verbs/plan.ts';
import { scroll, scrollPage } from '../verbs/scroll.ts';

const pageMeaning: Binding['label'] = (_view, more) => (more ? 'more below' : '');

const submitMeaning: Binding['label'] = ({ dialogs }) => {
  const dialog = dialogs.at(-1);
  return (dialog?.kind === 'text' && dialog.verb) || 'send';
};

function row(
  scope: DialogKind,
  id: string,
  keys: readonly string[],
  label: Binding['label'],
  run: Binding['run'],
): Binding {
  return { id: `${scope}.${id}`, keys, scope, label, help: id, palette: false, hint: 0, run };
}

function silent(scope: DialogKind, id: string, keys: readonly string[], run: Binding['run']): Binding {
  return { id: `${scope}.${id}`, keys, scope, label: '', help: id, palette: false, run };
}

/** Keys while a dialog has them. */
export const dialogBindings: readonly Binding[] = [
  row('help', 'close', ['esc', 'q', '?', 'enter'], 'close', close),
  row('help', 'down', ['j', 'down'], 'down', (cockpit) => scroll(cockpit, 1)),
  row('help', 'up', ['k', 'up'], 'up', (cockpit) => scroll(cockpit, -1)),
  row('help', 'page down', ['pgdn', 'space'], pageMeaning, (cockpit) => scrollPage(cockpit, 1)),
  silent('help', 'page up', ['pgup'], (cockpit) => scrollPage(cockpit, -1)),

  row('who', 'close', ['esc', 'q', 'O', 'enter'], 'close', close),
  silent('who', 'down', ['j', 'down'], (cockpit) => scroll(cockpit, 1)),
  silent('who', 'up', ['k', 'up'], (cockpit) => scroll(cockpit, -1)),
  row('who', 'page down', ['pgdn', 'space'], pageMeaning, (cockpit) => scrollPage(cockpit, 1)),
  silent('who', 'page up', ['pgup'], (cockpit) => scrollPage(cockpit, -1)),

  row('filter', 'keep', ['enter'], 'keep', (cockpit) => endFilter(cockpit, true)),
  row('filter', 'drop', ['esc'], 'cancel', (cockpit) => endFilter(cockpit, false)),

  row('palette', 'run', ['enter'], 'do it', runPalette),
  row('palette', 'complete', ['tab'], 'complete', completePalette),
  silent('palette', 'down', ['down', '^n'], (cockpit) => movePalette(cockpit, 1)),
  silent('palette', 'up', ['up', '^p'], (cockpit) => movePalette(cockpit, -1)),
  row('palette', 'close', ['esc'], 'close', close),

  row('choose', 'pick', ['enter'], 'choose', pickChoice),
  row('choose', 'down', ['down', '^n', 'j'], 'down', (cockpit) => moveChoice(cockpit, 1)),
  row('choose', 'up', ['up', '^p', 'k'], 'up', (cockpit) => moveChoice(cockpit, -1)),
  silent('choose', 'top', ['home'], (cockpit) => moveChoice(cockpit, Number.NEGATIVE_INFINITY)),
  silent('choose', 'bottom', ['end'], (cockpit) => moveChoice(cockpit, Number.POSITIVE_INFINITY)),
  row('choose', 'close', ['esc'], 'cancel', close),

  row('text', 'submit', ['enter'], submitMeaning, submitText),
  row('text', 'close', ['esc'], 'cancel', close),

  row('query', 'search', ['enter'], 'search', (cockpit) => void submitQuery(cockpit)),
  row('query', 'time', ['tab'], 'time', nextRange),
  row('query', 'earlier', ['up', '^p'], 'earlier', (cockpit) => recall(cockpit, 1)),
  silent('query', 'later', ['down', '^n'], (cockpit) => recall(cockpit, -1)),
  row('query', 'close', ['esc'], 'cancel', closeQuery),

  row('wait', 'abort', ['esc', 'q'], 'cancel', (cockpit) => {
    const dialog = top(cockpit, 'wait');
    if (dialog === null) return;
    dialog.abort();
    close(cockpit);
  }),

  row('plan', 'confirm', ['enter'], enterMeaning, confirmPlan),
  row('plan', 'next', ['tab'], tabMeaning, (cockpit) => moveFocus(cockpit, 1)),
  silent('plan', 'previous', ['shift+tab'], (cockpit) => moveFocus(cockpit, -1)),
  row('plan', 'page down', ['pgdn'], pageMeaning, (cockpit) => scrollPage(cockpit, 1)),
  silent('plan', 'page up', ['pgup'], (cockpit) => scrollPage(cockpit, -1)),
  silent('plan', 'down', ['down'], (cockpit) => scroll(cockpit, 1)),
  silent('plan', 'up', ['up'], (cockpit) => scroll(cockpit, -1)),
  ...Array.from({ length: 9 }, (_, index) =>
    silent('plan', `accept warning ${index + 1}`, [String(index + 1)], (cockpit) =>
      acceptWarning(cockpit, index + 1),
    ),
  ),
  row('plan', 'cancel', ['esc'], 'cancel', cancelPlan),

  row('progress', 'leave', ['esc', 'q', 'enter'], 'leave', close),
  row('progress', 'page down', ['pgdn', 'space'], pageMeaning, (cockpit) => scrollPage(cockpit, 1)),
  silent('progress', 'page up', ['pgup'], (cockpit) => scrollPage(cockpit, -1)),
  silent('progress', 'down', ['down', 'j'], (cockpit) => scroll(cockpit, 1)),
  silent('progress', 'up', ['up', 'k'], (cockpit) => scroll(cockpit, -1)),
];
