import { didYouMean } from '../insight/nearest.ts';
import { type Catalog, type RouteTarget, routeTargets } from '../model/catalog.ts';
import type { Incident, OnCall } from '../model/incident.ts';
import { dayAndClock } from '../text/time.ts';
import { type Action, sight } from './action.ts';
import {
  names,
  naming,
  namingAll,
  PAGER_PATIENCE_MS,
  pagerDraft,
  peopleAt,
  readIncidents,
  standing,
} from './incidents.ts';
import { ActionError, type ActionRequest, type Check } from './types.ts';

type Reroute = Extract<ActionRequest, { action: 'reroute' }>;

/**
 * Gives incidents to a squad, or to a tribe-wide duty, by setting its escalation policy, never a person: an assignment would stop escalation,
 * and if that person sleeps nobody is paged.
 */
export const reroute: Action<Reroute> = {
  async draft(context, request, { signal }) {
    const squad = squadOf(context.catalog, request.squad);
    const incidents = await readIncidents(context, request.incidents, signal);
    const onCall = await (await context.systems.pager()).onCall([squad.escalationPolicy], signal);
    const duties = onCall.filter((duty) => duty.escalationPolicy === squad.escalationPolicy);
    let away = incidents.filter((incident) => !isWith(incident, squad));
    return pagerDraft(incidents, {
      title: `Re-route ${namingAll(incidents)} to ${squad.name}`,
      lines: [
        ...incidents.map(
          (incident) => `${naming(incident)}: ${incident.escalationPolicy.name} → ${squad.name}`,
        ),
        ...(request.because === undefined ? [] : [`Suggested: ${request.because}.`]),
        `Paged at once (level 1): ${duty(duties, 1)}.`,
        `Paged if nobody answers (level 2): ${duty(duties, 2)}.`,
        wayBack(context.catalog, incidents),
      ],
      checks: [levelOne(squad, duties), ...stillOpen(incidents)],
      confirm: { kind: 'key' },
      facts: [squad.id, incidents.map(standing), duties.map((each) => [each.level, each.person.id])],
      from: incidents.length === 1 ? (incidents[0]?.escalationPolicy.name ?? null) : null,
      to: squad.id,
      changes: [],
      async recheck(deadline) {
        const now = await readIncidents(context, request.incidents, deadline);
        away = now.filter((incident) => !isWith(incident, squad));
        if (away.length === 0) {
          return { kind: 'already', text: `Already with ${squad.name}: ${namingAll(now)}. Nothing sent.` };
        }
        const moved = away.find(
          (incident) => !incidents.some((before) => standing(before) === standing(incident)),
        );
        return moved === undefined
          ? { kind: 'same' }
          : {
              kind: 'moved',
              text: `${naming(moved)} is ${moved.status} now, at ${moved.escalationPolicy.name} with ${names(moved.assignees)}.`,
            };
      },
      async send(from, deadline) {
        const ids = away.map((incident) => incident.id);
        const { escalationPolicy } = squad;
        await (await context.systems.pager()).change(
          { kind: 'reroute', ids, escalationPolicy },
          from,
          deadline,
        );
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: 'pagerduty',
    patienceMs: PAGER_PATIENCE_MS,
    async look(signal) {
      const squad = squadOf(context.catalog, request.squad);
      const now = await readIncidents(context, request.incidents, signal);
      const away = now.filter((incident) => !isWith(incident, squad));
      if (away.length > 0) return sight('none', `${namingAll(away)} not with ${squad.name} yet.`);
      const paged = new Map(
        now.flatMap((incident) => incident.assignees).map((person) => [person.id, person]),
      );
      return sight(
        'done',
        `${namingAll(now)} is with ${squad.name} now; paged: ${names([...paged.values()])}.`,
      );
    },
  }),
};

function squadOf(catalog: Catalog, id: string): RouteTarget {
  const targets = routeTargets(catalog);
  const squad = targets.find((each) => each.id === id || each.name === id);
  if (squad !== undefined) return squad;
  const known = targets.map((each) => each.id);
  throw new ActionError(
    `unknown squad '${id}'.${didYouMean(id, known)} Squads and duties: ${known.join(', ')}`,
  );
}

function isWith(incident: Incident, squad: RouteTarget): boolean {
  return incident.escalationPolicy.id === squad.escalationPolicy;
}

function duty(duties: readonly OnCall[], level: number): string {
  const people = peopleAt(duties, level);
  if (people.length === 0) return 'nobody';
  return people
    .map((person) => {
      const until =
        duties.find((each) => each.level === level && each.person.id === person.id)?.until ?? null;
      return until === null ? person.name : `${person.name} (until ${dayAndClock(until)})`;
    })
    .join(', ');
}

function wayBack(catalog: Catalog, incidents: readonly Incident[]): string {
  const policies = new Map(incidents.map(({ escalationPolicy: { id, name } }) => [id, name]));
  const targets = routeTargets(catalog);
  const back = [...policies].map(
    ([id, name]) => targets.find(({ escalationPolicy }) => escalationPolicy === id)?.name ?? name,
  );
  const known = [...policies.keys()].every((id) =>
    targets.some(({ escalationPolicy }) => escalationPolicy === id),
  );
  return known
    ? `It can be taken back by re-routing to ${back.join(', ')}, which pages there again.`
    : `Back to ${back.join(', ')} it can be sent in PagerDuty only, which pages there again.`;
}

function levelOne(squad: RouteTarget, duties: readonly OnCall[]): Check {
  return peopleAt(duties, 1).length > 0
    ? { id: 'level-one', result: 'pass', text: `Somebody is on call at level 1 of ${squad.name}.` }
    : {
        id: 'level-one',
        result: 'block',
        text: `Nobody is on call at level 1 of ${squad.name}: nobody would be paged. Choose another squad, or call them.`,
      };
}

function stillOpen(incidents: readonly Incident[]): readonly Check[] {
  return incidents
    .filter((incident) => incident.status === 'resolved')
    .map((incident) => ({
      id: 'still-open',
      result: 'block',
      text: `${naming(incident)} is resolved: nothing to re-route.`,
    }));
}
