import type { Plan } from '../../actions/types.ts';
import type { PaneId } from '../layout.ts';

/** What lies over the panes and has the keys. Its kind is also the scope of its key bindings. */
export type Dialog =
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'who'; readonly scroll: number }
  | { readonly kind: 'filter'; readonly pane: PaneId; readonly text: string; readonly before: string }
  | { readonly kind: 'palette'; readonly text: string; readonly index: number }
  | ChooseDialog
  | TextDialog
  | QueryDialog
  | WaitDialog
  | PlanDialog
  | { readonly kind: 'progress'; readonly run: string; readonly scroll: number };

/** A list that narrows while a name is typed. */
export interface ChooseDialog {
  readonly kind: 'choose';
  readonly title: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
  readonly text: string;
  /** Among the choices that the text leaves. */
  readonly index: number;
}

export interface Choice {
  readonly label: string;
  /** Beside the label: who is on call, when it was deployed. */
  readonly note: string;
  readonly pick: () => void;
}

export interface TextDialog {
  readonly kind: 'text';
  readonly title: string;
  /** Under the field: what becomes of the text, and whether it can be taken back. */
  readonly hint: string;
  readonly text: string;
  /** What Enter does, in a word; missing: `send`. */
  readonly verb?: string;
  /** Nothing may be written too. */
  readonly mayBeEmpty?: boolean;
  readonly submit: (text: string) => void;
}

/** A search by hand that is being written. */
export interface QueryDialog {
  readonly kind: 'query';
  readonly text: string;
  /** Of `RANGES`. */
  readonly range: number;
  /** Of the earlier searches, the one that is shown; -1: what was written now. */
  readonly recalled: number;
  /** What was written before one was recalled. */
  readonly draft: string;
  /** Why it is not run. */
  readonly error: string | null;
  /** Gives up having it read by the log system; null: that is not asked. */
  readonly abort: (() => void) | null;
}

/** Those that the typed text leaves: first the names that begin with it, then those that contain it. */
export function shownChoices({ choices, text }: Pick<ChooseDialog, 'choices' | 'text'>): readonly Choice[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return choices;
  const begins = choices.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const contains = choices.filter(
    (choice) => !begins.includes(choice) && choice.label.toLowerCase().includes(wanted),
  );
  return [...begins, ...contains];
}

/** A plan is being made. */
export interface WaitDialog {
  readonly kind: 'wait';
  readonly title: string;
  readonly abort: () => void;
}

export type PlanFocus = 'cancel' | 'word' | 'go';

export interface PlanDialog {
  readonly kind: 'plan';
  readonly plan: Plan;
  /** Ids of the warnings that were accepted. */
  readonly accepted: ReadonlySet<string>;
  readonly typed: string;
  readonly focus: PlanFocus;
  readonly scroll: number;
}

export type DialogKind = Dialog['kind'];

/** Dialogs in which printable keys are text. */
export function typedText(dialog: Dialog | undefined): string | null {
  switch (dialog?.kind) {
    case 'filter':
    case 'palette':
    case 'choose':
    case 'text':
    case 'query':
      return dialog.text;
    case 'plan':
      return dialog.plan.confirm.kind === 'typed' && dialog.focus === 'word' ? dialog.typed : null;
    default:
      return null;
  }
}

/** The dialog with another text; only for those that `typedText` gives one for. */
export function withText(dialog: Dialog, text: string): Dialog {
  switch (dialog.kind) {
    case 'palette':
    case 'choose':
      return { ...dialog, text, index: 0 };
    case 'filter':
    case 'text':
      return { ...dialog, text };
    case 'query':
      return { ...dialog, text, recalled: -1, error: null };
    case 'plan':
      return { ...dialog, typed: text };
    default:
      return dialog;
  }
}
