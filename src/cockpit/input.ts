import type { Key } from 'ink';
import { type Cockpit, say } from './cockpit.ts';
import { type Binding, findBinding, keyLabel, type Scope, scopesOf } from './keymap.ts';
import { layout } from './layout.ts';
import { type Dialog, type PlanDialog, typedText, withText } from './stores/dialog.ts';

type Stroke = Pick<
  Key,
  | 'upArrow'
  | 'downArrow'
  | 'leftArrow'
  | 'rightArrow'
  | 'pageDown'
  | 'pageUp'
  | 'home'
  | 'end'
  | 'return'
  | 'escape'
  | 'ctrl'
  | 'shift'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'meta'
>;

/** For so long after a dialog closed, keys that change the world are taken for text that was meant for it. */
export const AFTERMATH_MS = 500;

const UNSEEN = 'A dialog is open: make the terminal larger; Esc closes it';

const CONTROL = /\p{C}/u;

/** Names of the keys in what Ink read: several at once when they were typed faster than they were read, or pasted. */
export function keyNames(input: string, key: Stroke): string[] {
  const special = specialName(key);
  if (special !== null) return [special];
  if (key.meta) return [`alt+${input}`];
  if (key.ctrl) return [`^${input}`];
  return [...input].map(characterName);
}

/** The only way from the keyboard into the cockpit. */
export function handleInput(cockpit: Cockpit, input: string, key: Stroke): void {
  for (const name of keyNames(input, key)) press(cockpit, name);
}

/** One key, to the scope that has the keys now. */
export function press(cockpit: Cockpit, name: string): void {
  const anywhere = findBinding(cockpit.keymap.bindings, ['anywhere'], name);
  if (anywhere !== undefined) {
    act(cockpit, anywhere);
    return;
  }
  const view = cockpit.view.get();
  const dialog = view.dialogs.at(-1);
  if (view.message !== null) cockpit.view.update((now) => ({ ...now, message: null }));
  if (dialog !== undefined && name !== 'esc' && isTiny(cockpit)) {
    say(cockpit, UNSEEN, 'warn');
    return;
  }
  if (dialog !== undefined && edit(cockpit, dialog, name)) return;
  const scopes: readonly Scope[] = dialog === undefined ? scopesOf(view) : [dialog.kind];
  const binding = findBinding(cockpit.keymap.bindings, scopes, name);
  if (binding?.dangerous === true && performance.now() - view.dialogClosedAt < AFTERMATH_MS) {
    say(cockpit, `${keyLabel(name)} was not taken: a dialog has just closed. Press it again if you mean it`);
    return;
  }
  if (binding?.dangerous === true && isTiny(cockpit)) {
    say(cockpit, `${keyLabel(name)} is off: make the terminal larger to see what it is about`, 'warn');
    return;
  }
  if (binding !== undefined) {
    act(cockpit, binding);
    return;
  }
  const unbound = findBinding(cockpit.keymap.unbound, scopes, name);
  if (unbound !== undefined) say(cockpit, `${keyLabel(name)} is off: read-only mode`, 'warn');
}

/** Runs the binding, or says why it cannot act. */
export function act(cockpit: Cockpit, binding: Binding): void {
  const reason = binding.disabledReason?.(cockpit) ?? null;
  if (reason === null) binding.run(cockpit);
  else say(cockpit, reason, 'warn');
}

/** Too small for a dialog or a cursor to be seen: nobody may act on what is not shown. */
function isTiny({ terminal }: Cockpit): boolean {
  return layout(terminal.screen.get(), false).mode === 'tiny';
}

/** In a text field printable keys are text, whatever they mean elsewhere. */
function edit(cockpit: Cockpit, dialog: Dialog, name: string): boolean {
  const text = typedText(dialog);
  if (dialog.kind === 'plan' && isWarning(dialog, name)) return false;
  if (text === null) {
    // The word that confirms a plan may be typed at once: no letter does anything else there.
    if (dialog.kind !== 'plan' || dialog.plan.confirm.kind !== 'typed' || !/^[a-z]$/i.test(name))
      return false;
    replaceTop(cockpit, { ...dialog, focus: 'word', typed: dialog.typed + name });
    return true;
  }
  // A list that narrows by typing keeps its letter keys (j, k) until the first letter is typed.
  const isKey = dialog.kind === 'choose' && text === '' && bound(cockpit, dialog.kind, name);
  const edited = isKey ? null : editText(text, name);
  if (edited === null) return false;
  retext(cockpit, dialog, edited);
  return true;
}

/** A digit that the word to type does not go on with is the number of a warning. */
function isWarning({ plan, typed }: PlanDialog, name: string): boolean {
  if (!/^[1-9]$/.test(name) || plan.confirm.kind !== 'typed') return false;
  const warnings = plan.checks.filter(({ result }) => result === 'warn').length;
  return Number(name) <= warnings && !plan.confirm.word.startsWith(typed + name);
}

function bound({ keymap }: Cockpit, scope: Scope, name: string): boolean {
  return findBinding(keymap.bindings, [scope], name) !== undefined;
}

/** The text after that key; null when the key is none that edits. */
function editText(text: string, name: string): string | null {
  if (name === 'backspace') return [...text].slice(0, -1).join('');
  if (name === '^u') return '';
  if (name === '^w') return text.replace(/\S*\s*$/, '');
  if (name === 'space') return `${text} `;
  return [...name].length === 1 && !CONTROL.test(name) ? text + name : null;
}

/** Another text for the dialog; a filter applies while it is typed. */
function retext(cockpit: Cockpit, dialog: Dialog, text: string): void {
  replaceTop(cockpit, withText(dialog, text));
  if (dialog.kind !== 'filter') return;
  cockpit.view.update((view) => ({ ...view, filters: { ...view.filters, [dialog.pane]: text } }));
}

export function replaceTop(cockpit: Cockpit, dialog: Dialog): void {
  cockpit.view.update((view) => ({ ...view, dialogs: [...view.dialogs.slice(0, -1), dialog] }));
}

function specialName(key: Stroke): string | null {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pgup';
  if (key.pageDown) return 'pgdn';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'esc';
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  // Terminals send DEL for the backspace key.
  return key.backspace || key.delete ? 'backspace' : null;
}

function characterName(character: string): string {
  if (character === ' ') return 'space';
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  return character;
}

/** Pasted text belongs into a text field, as one line; anywhere else it would be a row of unmeant keys. */
export function handlePaste(cockpit: Cockpit, text: string): void {
  const dialog = cockpit.view.get().dialogs.at(-1);
  if (dialog !== undefined && isTiny(cockpit)) {
    say(cockpit, UNSEEN, 'warn');
    return;
  }
  const before = typedText(dialog);
  if (dialog === undefined || before === null) {
    say(cockpit, 'Pasted text is only taken by a text field', 'warn');
    return;
  }
  const line = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  retext(cockpit, dialog, before + line);
}
