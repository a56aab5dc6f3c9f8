import { type Cockpit, say } from '../cockpit.ts';
import { replaceTop } from '../input.ts';
import { type Choice, type Dialog, type DialogKind, shownChoices } from '../stores/dialog.ts';

export function open(cockpit: Cockpit, dialog: Dialog): void {
  cockpit.view.update((view) => ({ ...view, dialogs: [...view.dialogs, dialog] }));
}

export function close(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({
    ...view,
    dialogs: view.dialogs.slice(0, -1),
    dialogClosedAt: performance.now(),
  }));
}

/** The dialog that has the keys, if it is of that kind. */
export function top<K extends DialogKind>(cockpit: Cockpit, kind: K): Extract<Dialog, { kind: K }> | null {
  const dialog = cockpit.view.get().dialogs.at(-1);
  return dialog !== undefined && isKind(dialog, kind) ? dialog : null;
}

export function choose(
  cockpit: Cockpit,
  title: string,
  hint: string,
  choices: readonly Choice[],
  index = 0,
): void {
  if (choices.length === 0) {
    say(cockpit, `${title}: there is nothing to choose from`, 'warn');
    return;
  }
  open(cockpit, { kind: 'choose', title, hint, choices, text: '', index: Math.max(0, index) });
}

export function moveChoice(cockpit: Cockpit, delta: number): void {
  const dialog = top(cockpit, 'choose');
  if (dialog === null) return;
  const index = Math.max(0, Math.min(shownChoices(dialog).length - 1, dialog.index + delta));
  replaceTop(cockpit, { ...dialog, index });
}

export function pickChoice(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'choose');
  if (dialog === null) return;
  const choice = shownChoices(dialog)[dialog.index];
  if (choice === undefined) {
    say(cockpit, `Nothing here is called ${dialog.text.trim()}`, 'warn');
    return;
  }
  close(cockpit);
  choice.pick();
}

export function submitText(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'text');
  if (dialog === null) return;
  const text = dialog.text.trim();
  if (text === '' && dialog.mayBeEmpty !== true) {
    say(cockpit, 'Nothing is written yet; Esc leaves', 'warn');
    return;
  }
  close(cockpit);
  dialog.submit(text);
}

function isKind<K extends DialogKind>(dialog: Dialog, kind: K): dialog is Extract<Dialog, { kind: K }> {
  return dialog.kind === kind;
}
