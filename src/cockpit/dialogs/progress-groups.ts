import type { Group, Instance } from '../../model/fleet.ts';
import { count } from '../../text/time.ts';
import { instanceSpans, serviceSpans, stateSpans, versionOf } from '../panes/fleet-lines.ts';
import { newestFirst } from '../stores/fleet-tree.ts';
import { type Line, toWidth } from '../widgets/line.ts';

/** Narrower than this, two groups stand below each other and are told in two rows each. */
const TWO_COLUMNS = 100;
const GAP = 2;
const MOST_INSTANCES = 4;

/** Old and new group side by side with their instances, or below each other where it is narrow. */
export function groupRows(groups: readonly Group[], width: number): Line[] {
  const [newest, ...older] = newestFirst(groups);
  if (newest === undefined) return [];
  const alone = older.length === 0;
  if (width < TWO_COLUMNS) {
    return [...older.flatMap((group) => groupHead('old', group)), ...groupHead(alone ? null : 'new', newest)];
  }
  if (alone) return [...groupHead(null, newest), ...instanceRows(newest.instances)];
  const half = Math.floor((width - GAP) / 2);
  const left = older.flatMap((group) => [...groupHead('old', group), ...instanceRows(group.instances)]);
  const right = [...groupHead('new', newest), ...instanceRows(newest.instances)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    ...toWidth(left[index] ?? [], half),
    { text: ' '.repeat(GAP) },
    ...(right[index] ?? []),
  ]);
}

/** `old 1.0.283  3/3 InService  2 unhealthy`, and its name in a row of its own. */
function groupHead(which: 'old' | 'new' | null, group: Group): Line[] {
  const states = stateSpans(group.instances);
  return [
    [
      ...(which === null
        ? []
        : [{ text: `${which} `, tone: which === 'new' ? ('accent' as const) : ('muted' as const) }]),
      { text: versionOf(group.versions), bold: true },
      { text: '  ' },
      ...serviceSpans(group),
      ...(states.length > 0 ? [{ text: '  ' }, ...states] : []),
    ],
    [{ text: `${which === null ? '' : '    '}${group.name}`, tone: 'muted' }],
  ];
}

function instanceRows(instances: readonly Instance[]): Line[] {
  const shown = instances.length > MOST_INSTANCES ? instances.slice(0, MOST_INSTANCES - 1) : instances;
  const rest = instances.length - shown.length;
  return [
    ...shown.map((instance): Line => [{ text: '    ' }, ...instanceSpans(instance)]),
    ...(rest > 0 ? [[{ text: `    ${count(rest, 'instance')} more`, tone: 'muted' as const }]] : []),
  ];
}
