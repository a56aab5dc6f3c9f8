import { type Binding, type Keymap, keyLabel, type Scope } from '../keymap.ts';
import { cell, type Line, toWidth, wrap } from '../widgets/line.ts';
import type { DialogContent } from './box.ts';

const GROUPS: readonly (readonly [title: string, belongs: (binding: Binding) => boolean])[] = [
  ['What you do', ({ scope, dangerous }) => dangerous === true && scope !== 'signals'],
  ['Everywhere', ({ scope, dangerous }) => scope === 'global' && dangerous !== true],
  ['In dialogs and text fields too', inScope('anywhere')],
  ['In the incidents', inScope('incidents')],
  ['In the deploys', inScope('deploys')],
  ['In the fleet', inScope('fleet')],
  ['In the logs', inScope('logs')],
  ['In the patterns of the logs', inScope('patterns')],
  ['In the shape of the logs over time', inScope('shape')],
  ['In what a search by hand finds', inScope('search')],
  ['In the signals', ({ scope }) => scope === 'signals'],
];

const KEY_COLUMNS = 11;

/** Between the two columns. */
const GAP = 2;

/** Narrower than that, a column is all wrapped words. */
const LEAST_COLUMN = 50;

/** All keys, from the table; in two columns where there is room for them. */
export function helpContent(keymap: Keymap, scroll: number, width: number): DialogContent {
  const groupsAt = (columns: number) =>
    GROUPS.map(([title, belongs]): Line[] => {
      const rows = keymap.bindings.filter(belongs);
      if (rows.length === 0) return [];
      return [[{ text: title, bold: true }], ...rows.flatMap((row) => helpRows(row, columns)), []];
    });
  const readOnly: Line[] =
    keymap.unbound.length === 0
      ? []
      : [
          [{ text: 'Read-only mode: these keys are off', tone: 'warn' }],
          ...keymap.unbound.map(({ keys, help }): Line => {
            return [{ text: `${cell(keys.map(keyLabel).join(' '), KEY_COLUMNS)}${help}`, tone: 'muted' }];
          }),
          [],
        ];
  const inner = width - 4;
  const half = Math.floor((inner - GAP) / 2);
  const groups = groupsAt(half);
  const [left, right] = [[...readOnly, ...(groups[0] ?? [])], [...(groups[1] ?? [])]];
  for (const group of groups.slice(2)) (left.length > right.length ? right : left).push(...group);
  const body = half >= LEAST_COLUMN ? besides(left, right, half) : [...readOnly, ...groupsAt(inner).flat()];
  return { title: 'Keys', body, foot: [], scroll };
}

function helpRows({ keys, help, note }: Binding, columns: number): Line[] {
  const small = note === undefined ? [] : wrap(note, columns - KEY_COLUMNS - 2);
  return [
    ...wrap(help, columns - KEY_COLUMNS).map((text, index): Line => {
      const key = index === 0 ? keys.map(keyLabel).join(' ') : '';
      return [{ text: cell(key, KEY_COLUMNS), tone: 'accent' }, { text }];
    }),
    ...small.map((text): Line => [{ text: `${' '.repeat(KEY_COLUMNS + 2)}${text}`, tone: 'muted' }]),
  ];
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
