import { logSystem } from '../../insight/log-system.ts';
import { findSuspect, type Suspect } from '../../insight/suspect.ts';
import { spanOf, type TimelineFacts, type TimelineIntent } from '../../insight/timeline/facts.ts';
import { type Catalog, findService, type Service } from '../../model/catalog.ts';
import { type Failure, toFailure } from '../../model/failure.ts';
import type { Incident } from '../../model/incident.ts';
import type { LogMark } from '../../model/log-mark.ts';
import type { Systems } from '../../model/ports/index.ts';
import type { StackUpdate } from '../../model/stack.ts';
import { firstErrors, lastErrors } from './errors.ts';

/** What a timeline lacks, and why. */
export interface Missing {
  /** The part, in words for a person. */
  readonly part: string;
  /** A system's failure, or one sentence. */
  readonly why: Failure | string;
}

export interface TimelineReading {
  readonly facts: TimelineFacts;
  readonly service: Service | null;
  readonly suspect: Suspect | null;
  readonly missing: readonly Missing[];
}

const FIRST_ERRORS = 'the first errors in the logs';
const DEPLOYS_READ = 50;

/** Reads one part; what cannot be read is null, and named in `missing`. */
type Part = <T>(name: string, system: string, read: () => Promise<T>) => Promise<T | null>;

/** Reads an incident's story from every system; what one does not tell is left out and named in `missing`. */
export async function readTimeline(
  systems: Systems,
  catalog: Catalog,
  asked: { readonly incident: string; readonly environment: string },
  kept: { readonly journal: readonly TimelineIntent[]; readonly marks: readonly LogMark[] },
  signal: AbortSignal,
): Promise<TimelineReading> {
  const missing: Missing[] = [];
  const part: Part = async (name, system, read) => {
    try {
      return await read();
    } catch (thrown) {
      missing.push({ part: name, why: toFailure(system, thrown) });
      return null;
    }
  };
  const { environment } = asked;
  const detail = await part('what PagerDuty logged', 'pagerduty', async () =>
    (await systems.pager()).incident(asked.incident, signal),
  );
  if (detail?.wholeLog === false) {
    const why = 'it is so long that of its older entries only the important ones are told.';
    missing.push({ part: 'a part of what PagerDuty logged', why });
  }
  const incident = detail?.incident ?? null;
  const log = detail?.log ?? null;
  const { journal, marks } = kept;
  const own = journal.filter((intent) => intent.incident === asked.incident);
  // With PagerDuty down, the journal may know what the incident is about.
  const named = incident?.service ?? own.find((intent) => intent.service !== null)?.service ?? null;
  const service = (named === null ? undefined : findService(catalog, named)) ?? null;
  const placed = service !== null && environment in service.in ? service : null;
  const intents = journal.filter(
    (intent) =>
      intent.incident === asked.incident ||
      (service !== null && intent.service === service.name && intent.environment === environment),
  );
  const span = spanOf({ incident, log, intents: own });
  const story = Number.isFinite(span.from) ? placed : null;
  const [deploys, updates, changes] = await Promise.all([
    placed === null
      ? null
      : part('deploys', 'aws', async () =>
          (await systems.releases()).deploys(placed, environment, DEPLOYS_READ, signal),
        ),
    story === null
      ? null
      : part('the steps of updates', 'aws', async () =>
          (await systems.deployer()).updatesSince(story, environment, span.from, signal),
        ),
    incident === null
      ? null
      : part('what changed, as PagerDuty was told', 'pagerduty', async () => {
          const to = Math.min(span.to, systems.now('pagerduty'));
          return (await systems.pager()).changes(incident.pagerService.id, span.from, to, signal);
        }),
  ]);
  const suspect = incident === null ? null : findSuspect(incident, deploys ?? []);
  const [activities, errors] = await Promise.all([readActivities(), readErrors(incident, suspect)]);
  return {
    facts: {
      incident,
      log,
      notes: detail?.notes ?? [],
      deploys: deploys ?? [],
      updates: updates ?? [],
      activities,
      changes: changes ?? [],
      intents,
      ...errors,
      marks: marks.filter((mark) => mark.incident === asked.incident),
    },
    service,
    suspect,
    missing,
  };

  async function readActivities(): Promise<TimelineFacts['activities']> {
    if (story === null || updates === null) return [];
    const history = await part('instances that came and went', 'aws', async () => {
      const fleet = await systems.fleet();
      const changed = groupsOf(updates);
      const groups =
        changed.length > 0
          ? changed
          : (await fleet.groups(environment, [story], signal)).map(({ name }) => name);
      return fleet.activities(environment, groups, span.from, signal);
    });
    if (history?.complete === false) {
      const why = 'there were so many that only the newest are told.';
      missing.push({ part: 'some instances that came and went', why });
    }
    return history?.activities ?? [];
  }

  async function readErrors(
    about: Incident | null,
    blamed: Suspect | null,
  ): Promise<Pick<TimelineFacts, 'onset' | 'calm'>> {
    if (about === null || service === null || blamed === null) {
      missing.push({ part: FIRST_ERRORS, why: whyNoOnset(deploys !== null, false) });
      return { onset: null, calm: null };
    }
    const source = logSystem(service);
    const wanted = { service, suspect: blamed.deploy };
    const failures = missing.length;
    const onset = await part(FIRST_ERRORS, source, () =>
      firstErrors(systems, wanted, about.triggeredAt, signal),
    );
    if (onset === null) {
      const failed = missing.slice(failures).some((each) => each.part === FIRST_ERRORS);
      if (!failed) missing.push({ part: FIRST_ERRORS, why: whyNoOnset(true, true) });
      return { onset: null, calm: null };
    }
    const calm = await part('when the errors ended', source, () =>
      lastErrors(systems, wanted, { from: onset.at, to: span.to }, signal),
    );
    return { onset: { line: onset, source }, calm: calm === null ? null : { line: calm, source } };
  }
}

function groupsOf(updates: readonly StackUpdate[]): readonly string[] {
  return [...new Set(updates.flatMap(({ oldGroup, newGroup }) => [oldGroup ?? [], newGroup ?? []].flat()))];
}

function whyNoOnset(deploysRead: boolean, suspected: boolean): string {
  if (!deploysRead) return 'they are looked for after a deploy, and none could be read.';
  return suspected
    ? 'there was no burst of them between the suspect deploy and the trigger.'
    : 'they are looked for after a suspect deploy, and there is none.';
}
