import type { Container, Group, Instance } from '../model/fleet.ts';
import type { Instant } from '../model/instant.ts';
import type { Paint } from './paint.ts';
import { type Cell, type Column, tableLines } from './table.ts';
import { ago, count } from './time.ts';
import { type TrafficLine, trafficTrouble } from './traffic.ts';

/** What was judged of a group, for its lines. */
export interface GroupView {
  readonly group: Group;
  readonly version: string | null;
  /** Claims that do not agree; empty: they do. */
  readonly disagreement: readonly { readonly source: string; readonly version: string }[];
  /** null: nothing that matters. */
  readonly traffic: TrafficLine | null;
}

const COLUMNS: readonly Column[] = [{}, {}, {}, {}, { gives: true }];

/**
 * A group and its instances:
 *
 *     charge-central-1-0-283-a1b2c3  1.0.283  3/3 in service  10m
 *       i-0a1b  1a  InService  Unhealthy  charge-central restarting (7)
 */
export function groupLines(view: GroupView, now: Instant, columns: number, paint: Paint): readonly string[] {
  const { group, version, disagreement, traffic } = view;
  const inService = group.instances.filter((instance) => instance.lifecycle === 'InService').length;
  const troubled = group.instances.filter(
    (instance) => instance.health !== 'Healthy' || trouble(instance) !== null,
  );
  const head = [
    paint('strong', group.name),
    paint('accent', version ?? 'version not known'),
    paint(inService < group.desired ? 'warn' : null, `${inService}/${group.desired} in service`),
    troubled.length === 0 ? '' : paint('bad', `${troubled.length} in trouble`),
    paint('muted', ago(now - group.createdAt)),
  ];
  const lines = [head.filter((part) => part !== '').join('  ')];
  if (disagreement.length > 0) {
    const claims = disagreement.map((claim) => `${claim.source} ${claim.version}`).join(', ');
    lines.push(`  ${paint('warn', `versions disagree: ${claims}`)}`);
  }
  if (group.suspendedProcesses.length > 0) {
    lines.push(`  ${paint('warn', `suspended: ${group.suspendedProcesses.join(', ')}`)}`);
  }
  if (traffic !== null) lines.push(`  ${paint(traffic.tone, traffic.text)}`);
  const room = columns === 0 ? 0 : columns - 2;
  const rows = group.instances.map((instance) => instanceCells(instance));
  return [...lines, ...tableLines(COLUMNS, rows, room, paint).map((line) => `  ${line}`)];
}

function instanceCells(instance: Instance): readonly Cell[] {
  const problem = trouble(instance);
  return [
    { text: instance.id },
    { text: shortZone(instance.zone), tone: 'muted' },
    { text: instance.lifecycle, tone: instance.lifecycle === 'InService' ? null : 'warn' },
    { text: instance.health, tone: instance.health === 'Healthy' ? 'good' : 'bad' },
    problem ?? { text: fine(instance), tone: 'muted' },
  ];
}

/** What is wrong with its containers, or else for the load balancer; null: nothing. */
function trouble(instance: Instance): Cell | null {
  if (instance.containersError !== null) {
    return { text: `containers not known: ${instance.containersError}`, tone: 'warn' };
  }
  const bad = (instance.containers ?? []).filter(isTroubled);
  if (bad.length === 0) {
    const text = trafficTrouble(instance);
    return text === null ? null : { text, tone: 'bad' };
  }
  return { text: bad.map(containerPhrase).join(', '), tone: 'bad' };
}

function fine(instance: Instance): string {
  if (instance.containers === null) return 'containers not read';
  return `${count(instance.containers.length, 'container')} ok`;
}

/** Not running, or running and unwell; one that only starts is neither. Restarts alone tell of the past. */
export function isTroubled(container: Container): boolean {
  if (isStarting(container)) return false;
  return container.state !== 'running' || container.health === 'unhealthy';
}

/** Runs and was not yet found healthy, or is about to run: https://docs.docker.com/reference/dockerfile/#healthcheck */
export function isStarting(container: Container): boolean {
  return container.state === 'created' || (container.state === 'running' && container.health === 'starting');
}

/** `charge-central restarting (7)`, `nginx exited 137 out of memory`, `metrics unhealthy`. */
export function containerPhrase(container: Container): string {
  return `${container.name} ${containerCondition(container)}`;
}

/** `healthy`, `restarting (7)`, `exited 137 (2) out of memory`: how often it was restarted stands in brackets. */
export function containerCondition(container: Container): string {
  const state = container.state === 'running' ? (container.health ?? container.state) : container.state;
  const restarts = container.restarts > 0 ? ` (${container.restarts})` : '';
  const exit = container.state === 'exited' && container.exitCode !== null ? ` ${container.exitCode}` : '';
  return `${state}${exit}${restarts}${container.outOfMemory ? ' out of memory' : ''}`;
}

/** `1a` of `eu-west-1a`: the region is the same for all. */
function shortZone(zone: string): string {
  return zone.split('-').at(-1) ?? zone;
}
