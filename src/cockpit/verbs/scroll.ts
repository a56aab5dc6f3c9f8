import type { Cockpit } from '../cockpit.ts';
import { bodyRoom, type DialogContent } from '../dialogs/box.ts';
import { helpContent } from '../dialogs/help.ts';
import { planContent } from '../dialogs/plan.ts';
import { replaceTop } from '../input.ts';
import { layout } from '../layout.ts';

interface Place {
  /** Rows of the body that are in sight. */
  readonly room: number;
  /** The first row that may stand at the top. */
  readonly most: number;
}

/** Scrolls help or a plan by rows, never past its end. */
export function scroll(cockpit: Cockpit, delta: number): void {
  const dialog = cockpit.view.get().dialogs.at(-1);
  const place = placeOf(cockpit);
  if (place === null || (dialog?.kind !== 'help' && dialog?.kind !== 'plan')) return;
  const from = Math.min(dialog.scroll, place.most);
  replaceTop(cockpit, { ...dialog, scroll: Math.max(0, Math.min(place.most, from + delta)) });
}

/** As many rows as are in sight, less one to read on from. */
export function scrollPage(cockpit: Cockpit, pages: 1 | -1): void {
  scroll(cockpit, pages * Math.max(1, (placeOf(cockpit)?.room ?? 2) - 1));
}

/** Whether the help or the plan that is shown goes on below. */
export function hasMoreBelow(cockpit: Cockpit): boolean {
  const dialog = cockpit.view.get().dialogs.at(-1);
  const place = placeOf(cockpit);
  return place !== null && (dialog?.kind === 'help' || dialog?.kind === 'plan') && dialog.scroll < place.most;
}

function placeOf(cockpit: Cockpit): Place | null {
  const { body } = layout(cockpit.terminal.screen.get(), cockpit.view.get().zoomed);
  const content = contentOf(cockpit, body.width);
  if (content === null) return null;
  const room = bodyRoom(content, body.height);
  return { room, most: Math.max(0, content.body.length - room) };
}

function contentOf(cockpit: Cockpit, width: number): DialogContent | null {
  const dialog = cockpit.view.get().dialogs.at(-1);
  if (dialog?.kind === 'help') return helpContent(cockpit.keymap, dialog.scroll, width);
  return dialog?.kind === 'plan' ? planContent(dialog, width) : null;
}
