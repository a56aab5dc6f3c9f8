/** Where the cursor of a list is: on which key, and on which row of the pane that is drawn. */
export interface Anchor {
  readonly key: string;
  readonly row: number;
}

export interface Placed {
  /** Index of the first key that is drawn. */
  readonly top: number;
  /** Index of the cursor; -1 in an empty list. */
  readonly index: number;
}

/** The window on `keys` in which the anchor's key stands on the anchor's row, as far as the list's ends allow. */
export function place(keys: readonly string[], anchor: Anchor | null, height: number): Placed {
  if (keys.length === 0) return { top: 0, index: -1 };
  const found = anchor === null ? 0 : keys.indexOf(anchor.key);
  const row = Math.min(anchor?.row ?? 0, Math.max(0, height - 1));
  // The key is gone: what took its place on the screen has the cursor.
  const index = found >= 0 ? found : Math.min(row, keys.length - 1);
  return { top: Math.max(0, index - row), index };
}

/** Moves the cursor by `delta` rows (±Infinity: to an end); the window follows only as far as it must. */
export function step(
  keys: readonly string[],
  anchor: Anchor | null,
  delta: number,
  height: number,
): Anchor | null {
  const { top, index } = place(keys, anchor, height);
  if (index < 0) return null;
  return moveTo(keys, top, Math.min(keys.length - 1, Math.max(0, index + delta)), height);
}

/** Puts the cursor on the key at `index`, from a window that begins at `top`. */
export function moveTo(keys: readonly string[], top: number, index: number, height: number): Anchor | null {
  const key = keys[index];
  if (key === undefined) return null;
  return { key, row: Math.min(Math.max(0, height - 1), Math.max(0, index - top)) };
}
