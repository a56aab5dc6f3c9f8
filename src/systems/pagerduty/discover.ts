import * as z from 'zod';
import type { Discovery, FoundDuty, FoundTeam, FoundThing } from '../../model/ports/discovery.ts';
import { NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { decode, textSchema } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { openClient, type PagerClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const AT_ONCE = 4;
/** Schedules of duties whose hours are looked at, a request each. */
const MOST_SCHEDULES = 12;

const named = { id: z.string(), name: textSchema };
const team = z.object({ id: z.string(), summary: z.nullish(textSchema) });
const teams = z
  .array(team)
  .nullish()
  .transform((all) => all ?? []);

/** https://developer.pagerduty.com/api-reference, "List services", "List escalation policies", "Get a schedule" */
const service = z.object({ ...named, teams });
const policy = z.object({
  ...named,
  teams,
  services: z.array(z.object({ id: z.string() })).nullish(),
  escalation_rules: z.array(z.object({ targets: z.array(z.object({ id: z.string(), type: z.string() })) })),
});
const schedule = z.object({
  schedule: z.object({
    time_zone: z.string().nullish(),
    schedule_layers: z
      .array(
        z.object({
          restrictions: z
            .array(z.object({ start_time_of_day: z.string(), duration_seconds: z.number() }))
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

type Policy = z.output<typeof policy>;

/** Services; teams with the policy that pages them; policies of no team, with the hours of their schedules. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = openClient(deps);
  return {
    system: SYSTEM,
    async discover(signal) {
      const services = await client.list('/services', 'services', service, {}, signal);
      const policies = await client.list('/escalation_policies', 'escalation_policies', policy, {}, signal);
      const loose = policies.filter((one) => one.teams.length === 0);
      const duties = await inParallel(loose.slice(0, MOST_SCHEDULES), AT_ONCE, (one) =>
        dutyOf(client, one, signal),
      );
      const teams = teamsOf(policies);
      return {
        ...NOTHING_FOUND,
        // An account without teams has a policy for each squad instead.
        teams: teams.length > 0 ? teams : loose.map(teamOfPolicy),
        duties: teams.length > 0 ? duties : [],
        things: services.map((one) => thingOf(one)),
        gaps:
          loose.length > MOST_SCHEDULES
            ? [
                `Of ${loose.length} escalation policies without a team the first ${MOST_SCHEDULES} were looked at.`,
              ]
            : [],
      };
    },
  };
}

function thingOf({ id, name, teams: [owner] }: z.output<typeof service>): FoundThing {
  return {
    system: SYSTEM,
    kind: 'PagerDuty service',
    name,
    service: null,
    environment: null,
    squad: owner?.summary ?? null,
    isService: true,
    keys: { pagerduty_service: id },
  };
}

/** Of several policies of a team the one that bears its name, else the one that most services have. */
function teamsOf(policies: readonly Policy[]): readonly FoundTeam[] {
  const byTeam = new Map<string, { readonly name: SafeText; readonly policies: Policy[] }>();
  for (const one of policies) {
    for (const { id, summary } of one.teams) {
      const known = byTeam.get(id) ?? { name: summary ?? safeText(id), policies: [] };
      known.policies.push(one);
      byTeam.set(id, known);
    }
  }
  return [...byTeam.values()].flatMap(({ name, policies: own }) => {
    const bears = (one: Policy) => Number(one.name.toLowerCase().includes(name.toLowerCase()));
    const [first, second] = own.toSorted(
      (one, other) =>
        bears(other) - bears(one) || (other.services?.length ?? 0) - (one.services?.length ?? 0),
    );
    if (first === undefined) return [];
    const doubt =
      second === undefined
        ? null
        : safeText(`it has other escalation policies too: ${second.name} (${second.id})`);
    return [{ name, policy: first.id, schedule: scheduleOf(first), doubt }];
  });
}

function teamOfPolicy(one: Policy): FoundTeam {
  const name = one.name.replace(/\s*[-–:]?\s*(on[- ]?call|escalation( policy)?|policy)\s*$/i, '') || one.name;
  const doubt = ownText('PagerDuty has no teams: taken from the escalation policy');
  return { name: safeText(name), policy: one.id, schedule: scheduleOf(one), doubt };
}

function scheduleOf({ escalation_rules: [first] }: Policy): string | null {
  return first?.targets.find(({ type }) => type.startsWith('schedule'))?.id ?? null;
}

async function dutyOf(client: PagerClient, one: Policy, signal: AbortSignal | undefined): Promise<FoundDuty> {
  const id = scheduleOf(one);
  const duty = { name: one.name, policy: one.id, hours: null, timeZone: null };
  if (id === null) return duty;
  const answer = await client.get(`/schedules/${encodeURIComponent(id)}`, {}, signal);
  const { time_zone, schedule_layers } = decode(SYSTEM, 'a schedule', schedule, answer).schedule;
  const restrictions = (schedule_layers ?? []).flatMap((layer) => layer.restrictions ?? []);
  return { ...duty, hours: hoursOf(restrictions), timeZone: time_zone ?? null };
}

/** `17:00-09:00` where every restriction says the same, whatever its days. */
function hoursOf(
  restrictions: readonly { readonly start_time_of_day: string; readonly duration_seconds: number }[],
): string | null {
  const [first] = restrictions;
  if (first === undefined) return null;
  const all = restrictions.map(
    ({ start_time_of_day: start, duration_seconds: seconds }) => `${start} ${seconds}`,
  );
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(first.start_time_of_day) ?? [];
  if (hours === undefined || new Set(all).size > 1 || first.duration_seconds >= 86_400) return null;
  const end = (Number(hours) * 60 + Number(minutes) + Math.round(first.duration_seconds / 60)) % (24 * 60);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${hours}:${minutes}-${two(Math.floor(end / 60))}:${two(end % 60)}`;
}
