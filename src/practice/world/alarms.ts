import { DAY, MINUTE } from '../../model/instant.ts';
import type { Scenario } from './scenario.ts';
import type { Instant, PracticeAlarm, PracticeService, PracticeTrouble, WorldState } from './state.ts';

/** Two for each service and environment, and those of the scenario, which take the place of one of the same name. */
export function alarms(scenario: Scenario, services: readonly PracticeService[]): PracticeAlarm[] {
  const told = [...scenario.effects, ...scenario.outages].flatMap((effect) =>
    effect.alarms.map((alarm): PracticeAlarm => ({ ...alarm, effect: effect.key })),
  );
  const quiet = services.flatMap((service) =>
    (['prod', 'test'] as const).flatMap((environment) => usual(service, environment)),
  );
  const names = new Set(told.map(({ name }) => name));
  return [...told, ...quiet.filter(({ name }) => !names.has(name))].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
}

function usual({ name, stacks }: PracticeService, environment: 'prod' | 'test'): PracticeAlarm[] {
  const stack = stacks[environment];
  const rest = { value: 0, effect: null, tags: { service: name, environment } };
  return [
    {
      ...rest,
      name: `${stack}-5xx`,
      description: `More than 2% of what is asked of ${name} is answered with a 5xx.`,
      metric: 'error_rate',
      of: [`${name}-${environment}`],
      threshold: 2,
    },
    {
      ...rest,
      name: `${stack}-dlq`,
      description: `Messages that ${name} could not handle wait for somebody to look at them.`,
      metric: 'queue_depth',
      of: [`${stack}-dlq`],
      threshold: 0,
    },
  ];
}

/** Until a queue is empty again after what filled it has ended. */
const DRAINED_AFTER = 2 * MINUTE;

/** What an alarm's metric measured in that minute. */
export function measured(
  { alarms: all, troubles }: Pick<WorldState, 'alarms' | 'troubles'>,
  alarm: PracticeAlarm,
  minute: Instant,
): number {
  const at = Math.floor(minute / MINUTE) * MINUTE;
  const trouble = troubles.findLast(({ key, since }) => key === alarm.effect && since <= at);
  switch (alarm.metric) {
    case 'error_rate':
      return isOn(trouble, at) ? alarm.value * (1 + wobble(alarm, at, 0.12)) : 0.2 + wobble(alarm, at, 0.1);
    case 'function_errors':
      return isOn(trouble, at) ? Math.max(1, Math.round(alarm.value * (1 + wobble(alarm, at, 0.4)))) : 0;
    case 'queue_depth':
      return trouble === undefined ? 0 : depth(alarm, trouble, at);
    case 'any_of':
      return all
        .filter(({ name, metric }) => metric !== 'any_of' && alarm.of.includes(name))
        .some((each) => {
          return measured({ alarms: all, troubles }, each, at) > each.threshold;
        })
        ? 1
        : 0;
  }
}

/** Whether it is on, and since when it has stood so. */
export function standing(
  state: Pick<WorldState, 'alarms' | 'troubles'>,
  alarm: PracticeAlarm,
  now: Instant,
): { readonly on: boolean; readonly since: Instant } {
  const isOver = (at: Instant) => measured(state, alarm, at) > alarm.threshold;
  const on = isOver(now);
  const oldest = now - DAY;
  if (alarm.effect === null) return { on, since: oldest };
  let since = Math.floor(now / MINUTE) * MINUTE;
  while (since > oldest && isOver(since - MINUTE) === on) since -= MINUTE;
  return { on, since };
}

function isOn(trouble: PracticeTrouble | undefined, at: Instant): boolean {
  return trouble !== undefined && (trouble.until === null || at < trouble.until);
}

function depth({ value }: PracticeAlarm, { since, until }: PracticeTrouble, at: Instant): number {
  const full = (value * (Math.min(at, until ?? at) - since)) / MINUTE;
  const left = until === null || at < until ? 1 : Math.max(0, 1 - (at - until) / DRAINED_AFTER);
  return Math.floor(full * left);
}

/** The same for the same alarm and minute, between -most and most. */
function wobble({ name }: PracticeAlarm, at: Instant, most: number): number {
  let hash = at / MINUTE;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return ((hash % 1_000) / 500 - 1) * most;
}
