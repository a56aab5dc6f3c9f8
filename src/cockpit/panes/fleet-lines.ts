import { mainVersion, versionDisagreement } from '../../insight/version-disagreement.ts';
import type { Container, Group, Instance, VersionSources } from '../../model/fleet.ts';
import { containerCondition, containerPhrase, isStarting, isTroubled } from '../../text/fleet-lines.ts';
import { count } from '../../text/time.ts';
import { trafficTrouble } from '../../text/traffic.ts';
import { type Anchor, place } from '../stores/anchor.ts';
import { type FleetRow, type InstanceState, instanceState } from '../stores/fleet-tree.ts';
import type { Tone } from '../theme.ts';
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
    case 'traffic':
      return [{ text: '    ' }, { text: row.line.text, tone: row.line.tone }];
    case 'instance':
      return instanceLine(row.instance, row.open);
    case 'container':
      return containerLine(row.container);
  }
}

/** Open, closed, or (null) standing alone: `▾ 1.0.283  3/3 InService  2 unhealthy  charge-central-1-0-283-4fe0a1` */
export function groupLine(group: Group, open: boolean | null): Line {
  const states = stateSpans(group.instances);
  return [
    ...(open === null ? [] : [{ text: open ? '▾ ' : '▸ ', tone: 'muted' as const }]),
    { text: versionOf(group.versions), bold: true },
    { text: '  ' },
    ...serviceSpans(group),
    ...(states.length > 0 ? [{ text: '  ' }, ...states] : []),
    ...disagreement(group.versions),
    ...(group.suspendedProcesses.length > 0
      ? [{ text: `  suspended: ${group.suspendedProcesses.join(', ')}`, tone: 'warn' as const }]
      : []),
    { text: `  ${group.name}`, tone: 'muted' },
  ];
}

/** `3/3 InService`; a warning only where too few are on their way. */
export function serviceSpans({ desired, instances }: Group): Line {
  const inService = instances.filter(({ lifecycle }) => lifecycle === 'InService').length;
  const coming = instances.filter(({ lifecycle }) => lifecycle.startsWith('Pending')).length;
  const short = inService + coming < desired;
  return [{ text: `${inService}/${desired} InService`, ...(short && { tone: 'warn' as const }) }];
}

const STATES: readonly (readonly [InstanceState, Tone])[] = [
  ['unhealthy', 'bad'],
  ['starting', 'accent'],
  ['leaving', 'muted'],
];

/** How many are in each state that is worth a word: `1 unhealthy  2 starting`. */
export function stateSpans(instances: readonly Instance[]): Span[] {
  const told = STATES.flatMap(([state, tone]) => {
    const number = instances.filter((instance) => instanceState(instance) === state).length;
    return number === 0 ? [] : [{ text: `${number} ${state}`, tone }];
  });
  return told.map((span, index) => (index === 0 ? span : { ...span, text: `  ${span.text}` }));
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

const STATE_TONES: Readonly<Record<InstanceState, Tone>> = {
  well: 'good',
  starting: 'accent',
  leaving: 'muted',
  unhealthy: 'bad',
};

function instanceLine(instance: Instance, open: boolean): Line {
  return [{ text: open ? '  ▾ ' : '  ▸ ', tone: 'muted' }, ...instanceSpans(instance)];
}

/** `i…4fe0a  1a  Unhealthy  charge-central restarting (7)` */
export function instanceSpans(instance: Instance): Line {
  const word = instance.lifecycle === 'InService' ? instance.health : instance.lifecycle;
  // AWS may still call healthy what its containers say is not.
  const state = instanceState(instance);
  const tone = word === 'Healthy' ? 'good' : STATE_TONES[state];
  return [
    { text: `${cell(shortInstance(instance.id), 8)} ` },
    { text: `${cell(zone(instance.zone), 3)} `, tone: 'muted' },
    { text: `${cell(word, 11)} `, tone },
    ...containersSummary(instance, state),
  ];
}

function containersSummary(instance: Instance, state: InstanceState): Line {
  const { containers, containersError } = instance;
  if (containers === null) {
    if (state === 'leaving') return [];
    return [{ text: containersError ?? 'reading containers…', tone: containersError ? 'warn' : 'muted' }];
  }
  const troubled = containers.filter(isTroubled);
  if (troubled.length > 0) {
    const tone = state === 'leaving' ? 'muted' : 'bad';
    return [{ text: troubled.map(containerPhrase).join(', '), tone }];
  }
  const refused = trafficTrouble(instance);
  if (refused !== null) return [{ text: refused, tone: 'bad' }];
  const starting = containers.filter(isStarting);
  if (starting.length > 0)
    return [{ text: `${starting.map(({ name }) => name).join(', ')} starting`, tone: 'accent' }];
  return [{ text: `${count(containers.length, 'container')} ok`, tone: 'muted' }];
}

function containerLine(container: Container): Line {
  const tone = isTroubled(container) ? 'bad' : isStarting(container) ? 'accent' : 'good';
  return [
    { text: `      ${cell(container.name, 18)} ` },
    { text: cell(containerCondition(container), 24), tone },
    { text: ` ${container.image.split('/').at(-1) ?? container.image}`, tone: 'muted' },
  ];
}

/** `i-0f3a9c77d2b14fe0a` is too long for a row: its last five digits tell instances apart. */
export function shortInstance(id: string): string {
  return id.length <= 10 ? id : `i…${id.slice(-5)}`;
}

function zone(name: string): string {
  return /\d[a-z]$/.exec(name)?.[0] ?? name;
}
