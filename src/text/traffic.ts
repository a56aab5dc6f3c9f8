import type { Group, Instance, Traffic } from '../model/fleet.ts';

export interface TrafficLine {
  readonly text: string;
  readonly tone: 'bad' | 'warn' | 'accent' | 'muted';
}

const WORST_FIRST = ['unhealthy', 'unused', 'draining', 'initial', 'healthy'];

/**
 * What stands in front of each group thinks of its instances, where that matters, by the group's name:
 *
 *     load balancer: 2/3 unhealthy, Target.FailedHealthChecks
 *     load balancer: Not allowed: your role lacks elasticloadbalancing:DescribeTargetHealth.
 *
 * Why it is not known is said once, at the first group.
 */
export function trafficLines(groups: readonly Group[]): ReadonlyMap<string, TrafficLine> {
  const lines = new Map<string, TrafficLine>();
  const said = new Set<string>();
  for (const group of groups) {
    const line = trafficLine(group);
    if (line === null || (line.tone === 'muted' && said.has(line.text))) continue;
    said.add(line.text);
    lines.set(group.name, line);
  }
  return lines;
}

/** `load balancer: unhealthy, Target.Timeout`; null: it is not out of traffic for a fault of its own. */
export function trafficTrouble({ traffic, lifecycle }: Instance): string | null {
  if (traffic?.state !== 'unhealthy' || lifecycle.startsWith('Terminat')) return null;
  return ['load balancer: unhealthy', ...reasons([traffic])].join(', ');
}

function trafficLine({ front, instances }: Group): TrafficLine | null {
  const told = instances.flatMap(({ traffic, lifecycle }) =>
    traffic === null || lifecycle.startsWith('Terminat') ? [] : [traffic],
  );
  const troubled = told.filter(({ state }) => state !== 'healthy');
  if (troubled.length === 0) {
    return front.unread === null ? null : { text: `load balancer: ${front.unread.why}`, tone: 'muted' };
  }
  const states = [...Map.groupBy(troubled, ({ state }) => state)].sort(
    ([one], [other]) => rank(one) - rank(other),
  );
  const parts = states.map(([state, of]) =>
    [`${of.length}/${told.length} ${state}`, ...reasons(of)].join(', '),
  );
  const names = front.balancers.length > 1 ? [...new Set(troubled.map(({ by }) => by))] : ['load balancer'];
  return { text: `${names.join(', ')}: ${parts.join('; ')}`, tone: toneOf(states.map(([state]) => state)) };
}

function toneOf(states: readonly Traffic['state'][]): TrafficLine['tone'] {
  if (states.includes('unhealthy')) return 'bad';
  return states.every((state) => state === 'initial') ? 'accent' : 'warn';
}

/** A state that we do not know is as bad as unused. */
function rank(state: string): number {
  const known = WORST_FIRST.indexOf(state);
  return known < 0 ? 1 : known;
}

/** Codes with what the health check got, each once; that it only begins needs none. */
function reasons(of: readonly Traffic[]): readonly string[] {
  const told = of.flatMap(({ state, reason }) =>
    state === 'initial' || reason === null ? [] : [brief(reason)],
  );
  return [...new Set(told)];
}

/** `Target.ResponseCodeMismatch: Health checks failed with these codes: [502]` → `Target.ResponseCodeMismatch [502]`. */
function brief(reason: string): string {
  const [, code, rest] = /^(\w+\.\w+)(?:: (.*))?$/.exec(reason) ?? [];
  if (code === undefined) return reason.replace(/\.$/, '');
  const got = /\[[\d,\s-]+\]/.exec(rest ?? '')?.[0];
  return got === undefined ? code : `${code} ${got}`;
}
