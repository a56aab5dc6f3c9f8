import type { Incident } from '../../model/incident.ts';
import { truncate } from '../../text/width.ts';
import type { View } from '../stores/view.ts';
import { type Line, wrap } from './line.ts';

const DIALOG = 'a dialog is open: make the terminal larger, or Esc';

/** A terminal too small for panes: what is burning, in plain short text that fits. */
export function tinyLines(
  view: View,
  practice: boolean,
  open: readonly Incident[] | null,
  width: number,
  height: number,
): Line[] {
  const triggered = open?.filter(({ status }) => status === 'triggered').length ?? 0;
  const counts = open === null ? 'reading…' : `${triggered} triggered, ${open.length - triggered} acked`;
  const incidents = (open ?? []).map(
    ({ status, service, pagerService }) =>
      `${status === 'triggered' ? '!' : ' '} ${service ?? pagerService.name}`,
  );
  const texts = [`oncall ${practice ? 'PRACTICE ' : ''}${view.environment}`, counts, ...incidents];
  // What cannot be shown cannot be answered either.
  if (view.dialogs.length > 0) texts.splice(1, texts.length, ...wrap(DIALOG, width));
  else if (view.message !== null) texts.splice(height - 1, texts.length, view.message.text);
  return texts.slice(0, height).map((text): Line => [{ text: truncate(text, width) }]);
}
