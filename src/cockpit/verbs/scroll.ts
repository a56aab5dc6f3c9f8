import type { Cockpit } from '../cockpit.ts';
import { bodyRoom } from '../dialogs/box.ts';
import { dialogContent, dialogHeight } from '../dialogs/content.ts';
import { replaceTop } from '../input.ts';
import { layout } from '../layout.ts';
import type { Dialog } from '../stores/dialog.ts';

interface Place {
  /** Rows of the body that are in sight. */
  readonly room: number;
  /** The first row that may stand at the top. */
  readonly most: number;
}

type ScrolledDialog = Extract<Dialog, { readonly scroll: number }>;

/** Scrolls help, a plan or progress by rows, never past its end. */
export function scroll(cockpit: Cockpit, delta: number): void {
  const dialog = scrolled(cockpit);
  const place = placeOf(cockpit);
  if (place === null || dialog === null) return;
  const from = Math.min(dialog.scroll, place.most);
  replaceTop(cockpit, { ...dialog, scroll: Math.max(0, Math.min(place.most, from + delta)) });
}

/** As many rows as are in sight, less one to read on from. */
export function scrollPage(cockpit: Cockpit, pages: 1 | -1): void {
  scroll(cockpit, pages * Math.max(1, (placeOf(cockpit)?.room ?? 2) - 1));
}

/** Whether what is shown goes on below. */
export function hasMoreBelow(cockpit: Cockpit): boolean {
  const place = placeOf(cockpit);
  return place !== null && (scrolled(cockpit)?.scroll ?? 0) < place.most;
}

function placeOf(cockpit: Cockpit): Place | null {
  const dialog = scrolled(cockpit);
  if (dialog === null) return null;
  const { body } = layout(cockpit.terminal.screen.get(), cockpit.view.get().zoomed);
  const content = dialogContent(cockpit, dialog, body.width);
  if (content === null) return null;
  const room = bodyRoom(content, dialogHeight(cockpit, dialog, body));
  return { room, most: Math.max(0, content.body.length - room) };
}

function scrolled(cockpit: Cockpit): ScrolledDialog | null {
  const dialog = cockpit.view.get().dialogs.at(-1);
  return dialog !== undefined && 'scroll' in dialog ? dialog : null;
}
