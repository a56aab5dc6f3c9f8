import { type Cockpit, say } from '../cockpit.ts';
import { act, replaceTop } from '../input.ts';
import { bindingsNow, keyLabel } from '../keymap.ts';
import { close, open, top } from './dialogs.ts';
import { searchFor } from './log-search.ts';
import { enterEnvironment, visit } from './panes.ts';

/** One thing that `:` can do. */
export interface PaletteEntry {
  readonly name: string;
  readonly help: string;
  /** Its key, where it has one. */
  readonly key: string;
  readonly run: () => void;
}

export function openPalette(cockpit: Cockpit): void {
  open(cockpit, { kind: 'palette', text: '', index: 0 });
}

/** Everything that fits what was typed: first what begins with it, then what contains it, commands before services. */
export function paletteEntries(cockpit: Cockpit, typed: string): readonly PaletteEntry[] {
  const wanted = typed.trim().toLowerCase();
  const searched = /^search\s+(\S.*)$/is.exec(typed)?.[1];
  if (searched !== undefined) return [searchEntry(cockpit, searched)];
  const all = [...commands(cockpit), ...environments(cockpit), ...services(cockpit)];
  const begins = all.filter(({ name }) => name.startsWith(wanted));
  const contains = all.filter(
    (entry) => !begins.includes(entry) && `${entry.name} ${entry.help}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...contains];
}

export function movePalette(cockpit: Cockpit, delta: number): void {
  const dialog = top(cockpit, 'palette');
  if (dialog === null) return;
  const last = paletteEntries(cockpit, dialog.text).length - 1;
  replaceTop(cockpit, { ...dialog, index: Math.max(0, Math.min(last, dialog.index + delta)) });
}

/** Tab: the name of the chosen entry, to go on from. */
export function completePalette(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'palette');
  if (dialog === null) return;
  const entry = paletteEntries(cockpit, dialog.text)[dialog.index];
  if (entry !== undefined) replaceTop(cockpit, { ...dialog, text: entry.name, index: 0 });
}

export function runPalette(cockpit: Cockpit): void {
  const dialog = top(cockpit, 'palette');
  if (dialog === null) return;
  const entry = paletteEntries(cockpit, dialog.text)[dialog.index];
  close(cockpit);
  if (entry === undefined) say(cockpit, `Nothing is called ${dialog.text}; ? lists the keys`, 'warn');
  else entry.run();
}

/** What stands behind `search` is run as it is. */
function searchEntry(cockpit: Cockpit, text: string): PaletteEntry {
  return { name: 'search', help: text, key: '', run: () => searchFor(cockpit, text) };
}

function commands(cockpit: Cockpit): readonly PaletteEntry[] {
  return bindingsNow(cockpit.keymap.bindings, cockpit.view.get())
    .filter(({ palette }) => palette !== false)
    .map((binding) => ({
      name: binding.id,
      help: binding.help,
      key: keyLabel(binding.keys[0] ?? ''),
      run: () => act(cockpit, binding),
    }));
}

function environments(cockpit: Cockpit): readonly PaletteEntry[] {
  return cockpit.catalog.environments.map(({ name, guarded }) => ({
    name: `env ${name}`,
    help: guarded ? 'environment, guarded' : 'environment',
    key: '',
    run: () => enterEnvironment(cockpit, name),
  }));
}

function services(cockpit: Cockpit): readonly PaletteEntry[] {
  return cockpit.catalog.services.map(({ name, squad }) => ({
    name,
    help: `service of ${squad}: its deploys, fleet and logs`,
    key: '',
    run: () => visit(cockpit, name),
  }));
}
