import { type Binding, type Keymap, keyLabel, type Scope } from '../keymap.ts';
import { cell, type Line, lineColumns, toWidth } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';

const GROUPS: readonly (readonly [title: string, belongs: (binding: Binding) => boolean])[] = [
  ['What you do', ({ dangerous }) => dangerous === true],
  ['Everywhere', ({ scope, dangerous }) => scope === 'global' && dangerous !== true],
  ['In dialogs and text fields too', inScope('anywhere')],
  ['In the incidents', inScope('incidents')],
  ['In the fleet', inScope('fleet')],
  ['In the logs', inScope('logs')],
];

/** Between the two columns. */
const GAP = 2;

/** All keys, from the table; in two columns where every row fits whole. */
export function helpContent(keymap: Keymap, scroll: number, width: number): DialogContent {
  const groups = GROUPS.map(([title, belongs]): Line[] => {
    const rows = keymap.bindings.filter(belongs);
    if (rows.length === 0) return [];
    return [[{ text: title, bold: true }], ...rows.map(helpRow), []];
  });
  const readOnly: Line[] =
    keymap.unbound.length === 0
      ? []
      : [[{ text: 'Read-only mode: keys that change something are off', tone: 'warn' }], []];
  const half = Math.floor((width - 4 - GAP) / 2);
  const left = [...readOnly, ...(groups[0] ?? []), ...groups.slice(2).flat()];
  const right = groups[1] ?? [];
  const fits = [...left, ...right].every((line) => lineColumns(line) <= half);
  const body = fits ? besides(left, right, half) : [...readOnly, ...groups.flat()];
  return { title: 'Keys', body, foot: [], scroll };
}

function helpRow({ keys, help }: Binding): Line {
  return [{ text: `${cell(keys.map(keyLabel).join(' '), 10)} `, tone: 'accent' }, { text: help }];
}

function besides(left: readonly Line[], right: readonly Line[], half: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    ...toWidth(left[index] ?? [], half + GAP),
    ...(right[index] ?? []),
  ]);
}

function inScope(wanted: Scope): (binding: Binding) => boolean {
  return ({ scope, dangerous }) => scope === wanted && dangerous !== true;
}
