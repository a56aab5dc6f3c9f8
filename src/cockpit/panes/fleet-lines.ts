import { mainVersion, versionDisagreement } from '../../insight/version-disagreement.ts';
import type { Container, Group, Instance, VersionSources } from '../../model/fleet.ts';
import { count } from '../../text/time.ts';
import { type Anchor, place } from '../stores/anchor.ts';
import { type FleetRow, isUnwell } from '../stores/fleet-tree.ts';
import { cell, chosen, type Line, type Span, toWidth } from '../widgets/line.ts';

export interface FleetRowsShown {
  readonly rows: readonly FleetRow[];
  readonly anchor: Anchor | null;
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
}

export function fleetLines({ rows, anchor, width, height, focused }: FleetRowsShown): Line[] {
  const { top, index } = place(
    rows.map(({ key }) => key),
    anchor,
    height,
  );
  return rows.slice(top, top + height).map((row, offset) => {
    const cursor = focused && top + offset === index;
    const line: Line = [{ text: cursor ? '▶' : ' ' }, ...rowLine(row)];
    return cursor ? chosen(line, width) : toWidth(line, width);
  });
}

function rowLine(row: FleetRow): Line {
  switch (row.kind) {
    case 'group':
      return groupLine(row.group, row.open);
    case 'instance':
      return instanceLine(row.instance, row.open);
    case 'container':
      return containerLine(row.container);
  }
}

/** Open, closed, or (null) standing alone: `▾ 1.0.283  3/3 InService  2 unhealthy  charge-central-1-0-283-4fe0a1` */
export function groupLine(group: Group, open: boolean | null): Line {
  const inService = group.instances.filter(({ lifecycle }) => lifecycle === 'InService').length;
  const unwell = group.instances.filter(instanceUnwell).length;
  const short = inService < group.desired;
  return [
    ...(open === null ? [] : [{ text: open ? '▾ ' : '▸ ', tone: 'muted' as const }]),
    { text: versionOf(group.versions), bold: true },
    { text: `  ${inService}/${group.desired} InService`, ...(short && { tone: 'warn' as const }) },
    ...(unwell > 0 ? [{ text: `  ${unwell} unhealthy`, tone: 'bad' as const }] : []),
    ...disagreement(group.versions),
    ...(group.suspendedProcesses.length > 0
      ? [{ text: `  suspended: ${group.suspendedProcesses.join(', ')}`, tone: 'warn' as const }]
      : []),
    { text: `  ${group.name}`, tone: 'muted' },
  ];
}

/** What runs; several versions at once are all named. */
export function versionOf(versions: VersionSources): string {
  const running = new Set(versions.running);
  if (running.size > 1) return [...running].join(' + ');
  return mainVersion(versions) ?? 'version unknown';
}

const SOURCE_NAMES = { parameter: 'stack', launch: 'launch', tag: 'tag', running: 'running' } as const;

/** The sources that say something else than what is shown. */
function disagreement(versions: VersionSources): Span[] {
  const shown = versionOf(versions);
  const others = versionDisagreement(versions).filter(
    ({ source, version }) => source !== 'running' && version !== shown,
  );
  if (others.length === 0) return [];
  const claims = others.map(({ source, version }) => `${SOURCE_NAMES[source]} ${version}`);
  return [{ text: `  ≠ ${claims.join(', ')}`, tone: 'warn' }];
}

/** `i…4fe0a  1a  Unhealthy  charge-central restarting (7)` */
function instanceLine(instance: Instance, open: boolean): Line {
  const well = instance.lifecycle === 'InService' && instance.health === 'Healthy';
  const state = instance.lifecycle === 'InService' ? instance.health : instance.lifecycle;
  return [
    { text: open ? '  ▾ ' : '  ▸ ', tone: 'muted' },
    { text: `${cell(shortInstance(instance.id), 8)} ` },
    { text: `${cell(zone(instance.zone), 3)} `, tone: 'muted' },
    { text: `${cell(state, 10)} `, tone: well ? 'good' : state === 'Unhealthy' ? 'bad' : 'warn' },
    ...containersSummary(instance),
  ];
}

function containersSummary(instance: Instance): Line {
  if (instance.containers === null) {
    return [
      {
        text: instance.containersError ?? 'reading containers…',
        tone: instance.containersError ? 'warn' : 'muted',
      },
    ];
  }
  const unwell = instance.containers.filter(isUnwell);
  if (unwell.length === 0)
    return [{ text: `${count(instance.containers.length, 'container')} ok`, tone: 'muted' }];
  return unwell.map((container, index) => ({
    text: `${index > 0 ? ', ' : ''}${container.name} ${condition(container)}`,
    tone: 'bad',
  }));
}

function containerLine(container: Container): Line {
  return [
    { text: `      ${cell(container.name, 18)} ` },
    { text: cell(condition(container), 20), tone: isUnwell(container) ? 'bad' : 'good' },
    { text: ` ${container.image.split('/').at(-1) ?? container.image}`, tone: 'muted' },
    ...(container.outOfMemory ? [{ text: '  out of memory', tone: 'bad' as const }] : []),
  ];
}

/** `healthy`, `unhealthy`, `restarting (7)`, `exited 137 (2)`: restarts in brackets. */
export function condition(container: Container): string {
  const { state, health, exitCode, restarts } = container;
  const word = state !== 'running' ? state : (health ?? 'running');
  const code = state === 'exited' && exitCode !== null ? ` ${exitCode}` : '';
  return `${word}${code}${restarts > 0 ? ` (${restarts})` : ''}`;
}

export function instanceUnwell(instance: Instance): boolean {
  return instance.health !== 'Healthy' || (instance.containers ?? []).some(isUnwell);
}

/** `i-0f3a9c77d2b14fe0a` is too long for a row: its last five digits tell instances apart. */
export function shortInstance(id: string): string {
  return id.length <= 10 ? id : `i…${id.slice(-5)}`;
}

function zone(name: string): string {
  return /\d[a-z]$/.exec(name)?.[0] ?? name;
}
