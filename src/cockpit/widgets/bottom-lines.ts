import { field } from '../dialogs/box.ts';
import { type Binding, bindingsNow, type Keymap, keyLabel } from '../keymap.ts';
import type { Dialog } from '../stores/dialog.ts';
import type { View } from '../stores/view.ts';
import { type Line, lineColumns, type Span, toWidth, wrap } from './line.ts';

/** The keys that matter here and now, as many as fit: from the table. `moreBelow`: of the dialog that is shown. */
export function hintLine(keymap: Keymap, view: View, width: number, moreBelow = false): Line {
  const dialog = view.dialogs.at(-1);
  const bindings =
    dialog === undefined
      ? bindingsNow(keymap.bindings, view)
      : keymap.bindings.filter(({ scope }) => scope === dialog.kind);
  const hints = bindings
    .filter(({ hint }) => hint !== undefined)
    .map((binding) => ({ id: binding.id, order: binding.hint ?? 0, line: hintOf(binding, view, moreBelow) }))
    .filter(({ line }) => line.length > 0)
    .sort((a, b) => a.order - b.order);
  // Filter, command and help stay in sight; what is in between gives way.
  const always = dialog === undefined ? hints.filter(({ id }) => ALWAYS.includes(id)) : [];
  let left = width - 1 - always.reduce((sum, { line }) => sum + lineColumns(line), 0);
  // A key pressed too early does nothing: the hint says what it has to wait for.
  const spans: Span[] = dialog?.kind === 'wait' ? [{ text: ' reading…  ', tone: 'warn' }] : [{ text: ' ' }];
  for (const hint of hints) {
    if (always.includes(hint)) spans.push(...hint.line);
    else if (lineColumns(hint.line) <= left) {
      left -= lineColumns(hint.line);
      spans.push(...hint.line);
    }
  }
  return toWidth(spans, width);
}

const ALWAYS: readonly string[] = ['palette', 'help'];

function hintOf({ keys, label }: Binding, view: View, moreBelow: boolean): Line {
  const word = typeof label === 'string' ? label : label(view, moreBelow);
  if (word === '') return [];
  return [{ text: keyLabel(keys[0] ?? ''), tone: 'accent', bold: true }, { text: ` ${word}  ` }];
}

/** What was just said, in one row or, if it is long, in two; or the filter that is being typed. */
export function messageRows(view: View, width: number): readonly Line[] {
  const dialog: Dialog | undefined = view.dialogs.at(-1);
  const { message } = view;
  if (message === null) {
    return dialog?.kind === 'filter'
      ? [toWidth([{ text: ' ' }, ...field('/', dialog.text, width - 1)], width)]
      : [toWidth([], width)];
  }
  const [first = '', second, ...rest] = wrap(message.text, width - 2);
  const texts = second === undefined ? [first] : [first, [second, ...rest].join(' ')];
  return texts.map((text) =>
    toWidth([{ text: ` ${text}`, ...(message.tone && { tone: message.tone }) }], width),
  );
}
