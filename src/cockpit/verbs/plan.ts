import type { Check, Plan } from '../../actions/types.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { replaceTop } from '../input.ts';
import type { PlanDialog, PlanFocus } from '../stores/dialog.ts';
import type { View } from '../stores/view.ts';
import { request, run } from './act.ts';
import { close, open, top } from './dialogs.ts';

export function warnings(plan: Plan): readonly Check[] {
  return plan.checks.filter(({ result }) => result === 'warn');
}

export function blocks(plan: Plan): readonly Check[] {
  return plan.checks.filter(({ result }) => result === 'block');
}

/** Whether a freeze window alone refuses it: a reason is all it takes. */
export function isFrozen(plan: Plan): boolean {
  const [block, ...others] = blocks(plan);
  return 'environment' in plan.request && block?.id === 'freeze' && others.length === 0;
}

/** What still stands between the person and the send; null: nothing. */
export function missing(dialog: PlanDialog): string | null {
  const { plan, accepted, typed } = dialog;
  const [block] = blocks(plan);
  if (block !== undefined) return `A check refuses this: ${block.text}`;
  const open = warnings(plan).findIndex(({ id }) => !accepted.has(id));
  if (open >= 0) return `Warning ${open + 1} is not accepted yet: press ${open + 1}`;
  if (plan.confirm.kind === 'typed' && typed.trim() !== plan.confirm.word)
    return `Type ${plan.confirm.word} to go on; Esc leaves`;
  return null;
}

/** Accepts (or takes back) the warning with that number, counted from 1. */
export function acceptWarning(cockpit: Cockpit, number: number): void {
  const dialog = top(cockpit, 'plan');
  if (dialog === null) return;
  const warning = warnings(dialog.plan)[number - 1];
  if (warning === undefined) {
    say(cockpit, 'There is no warning with that number', 'warn');
    return;
  }
  const accepted = new Set(dialog.accepted);
  if (!accepted.delete(warning.id)) accepted.add(warning.id);
  replaceTop(cockpit, { ...dialog, accepted });
}

export function moveFocus(cockpit: Cockpit, delta: 1 | -1): void {
  const dialog = top(cockpit, 'plan');
  if (dialog === null || dialog.plan.confirm.kind !== 'typed') return;
  const order: readonly PlanFocus[] = ['cancel', 'word', 'go'];
  const next = order[(order.indexOf(dialog.focus) + delta + order.length) % order.length] ?? 'cancel';
  replaceTop(cockpit, { ...dialog, focus: next });
}

/** Enter: with the word asked for, the focus decides; with a key asked for, this is the key. */
export function confirmPlan(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'plan');
  if (dialog === null) return;
  if (isFrozen(dialog.plan)) {
    askWhy(cockpit, dialog.plan);
    return;
  }
  if (dialog.plan.confirm.kind === 'typed' && dialog.focus === 'cancel') {
    cancelPlan(cockpit);
    return;
  }
  const lacks = missing(dialog);
  if (lacks !== null) {
    say(cockpit, lacks, 'warn');
    return;
  }
  close(cockpit);
  const typed = dialog.plan.confirm.kind === 'typed' ? { typed: dialog.typed.trim() } : {};
  void run(cockpit, dialog.plan, { ...typed, accepted: [...dialog.accepted] });
}

/** A reason makes another plan, of the same thing, that is confirmed as any other. */
function askWhy(cockpit: Cockpit, plan: Plan): void {
  const { request: wish, to } = plan;
  if (!('service' in wish)) return;
  const version = wish.action === 'rollback' && to !== null ? { to } : {};
  close(cockpit);
  void cockpit.actions.discard(plan);
  open(cockpit, {
    kind: 'text',
    title: 'Why, in spite of the freeze?',
    text: '',
    hint: 'The reason goes to the journal and the incident; the plan comes next.',
    submit: (overrideFreeze) =>
      void request(cockpit, { ...wish, ...version, overrideFreeze }, 'Planning it anew, with the reason'),
  });
}

/** What Enter does to the plan that is shown, in a word. */
export function enterMeaning({ dialogs }: View): string {
  const dialog = dialogs.at(-1);
  if (dialog?.kind === 'plan' && isFrozen(dialog.plan)) return 'give a reason';
  if (dialog?.kind !== 'plan' || blocks(dialog.plan).length > 0) return '';
  return dialog.plan.confirm.kind === 'typed' && dialog.focus === 'cancel' ? 'cancel' : 'confirm';
}

/** Where there is a word to type, Tab goes to it. */
export function tabMeaning({ dialogs }: View): string {
  const dialog = dialogs.at(-1);
  return dialog?.kind === 'plan' && dialog.plan.confirm.kind === 'typed' ? 'next field' : '';
}

export function cancelPlan(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'plan');
  if (dialog === null) return;
  close(cockpit);
  void cockpit.actions.discard(dialog.plan);
  say(cockpit, 'Cancelled; nothing was changed');
}
