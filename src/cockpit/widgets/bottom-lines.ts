import { field } from '../dialogs/box.ts';
import type { Keymap, Scope } from '../keymap.ts';
import { keyLabel } from '../keymap.ts';
import type { Dialog } from '../stores/dialog.ts';
import type { View } from '../stores/view.ts';
import { type Line, lineColumns, type Span, toWidth } from './line.ts';

/** The keys that matter here and now, as many as fit: from the table. */
export function hintLine(keymap: Keymap, view: View, width: number): Line {
  const dialog = view.dialogs.at(-1);
  const scopes: readonly Scope[] = dialog === undefined ? ['global', view.focus] : [dialog.kind];
  const hints = keymap.bindings
    .filter(({ scope, hint, label }) => hint !== undefined && label !== '' && scopes.includes(scope))
    .sort((a, b) => (a.hint ?? 0) - (b.hint ?? 0));
  // Filter, command and help stay in sight; what is in between gives way.
  const always = dialog === undefined ? hints.filter(({ id }) => ALWAYS.includes(id)) : [];
  let left =
    width - 1 - always.reduce((sum, { keys, label }) => sum + lineColumns(hint(keys[0] ?? '', label)), 0);
  // A key pressed too early does nothing: the hint says what it has to wait for.
  const spans: Span[] = dialog?.kind === 'wait' ? [{ text: ' reading…  ', tone: 'warn' }] : [{ text: ' ' }];
  for (const binding of hints) {
    const shown = hint(binding.keys[0] ?? '', binding.label);
    if (always.includes(binding)) spans.push(...shown);
    else if (lineColumns(shown) <= left) {
      left -= lineColumns(shown);
      spans.push(...shown);
    }
  }
  return toWidth(spans, width);
}

const ALWAYS: readonly string[] = ['palette', 'help'];

function hint(key: string, label: string): Line {
  return [{ text: keyLabel(key), tone: 'accent', bold: true }, { text: ` ${label}  ` }];
}

/** What was just said, or the filter that is being typed. */
export function messageLine(view: View, width: number): Line {
  const dialog: Dialog | undefined = view.dialogs.at(-1);
  if (dialog?.kind === 'filter' && view.message === null)
    return toWidth([{ text: ' ' }, ...field('/', dialog.text, width - 1)], width);
  const { message } = view;
  if (message === null) return toWidth([], width);
  return toWidth([{ text: ` ${message.text}`, ...(message.tone && { tone: message.tone }) }], width);
}
