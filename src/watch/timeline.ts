import { errorOnset } from '../insight/error-onset.ts';
import { logSystem } from '../insight/log-system.ts';
import { findSuspect } from '../insight/suspect.ts';
import type { TimelineFacts, TimelineIntent } from '../insight/timeline.ts';
import { type Catalog, findService, type Service } from '../model/catalog.ts';
import type { Deploy } from '../model/deploy.ts';
import { type Failure, toFailure } from '../model/failure.ts';
import type { Incident, IncidentDetail } from '../model/incident.ts';
import { type Instant, SECOND } from '../model/instant.ts';
import type { LogLine } from '../model/log-line.ts';
import type { Systems } from '../model/ports/index.ts';

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
  readonly missing: readonly Missing[];
}

const FIRST_ERRORS = 'the first errors in the logs';
const DEPLOYS_READ = 50;
/** Most lines of one search for the first error, and most searches. */
const LINES_READ = 1_000;
const SEARCHES = 8;

/** Reads an incident's story from every system; what one does not tell is left out and named in `missing`. */
export async function readTimeline(
  systems: Systems,
  catalog: Catalog,
  asked: { readonly incident: string; readonly environment: string },
  journal: readonly TimelineIntent[],
  signal: AbortSignal,
): Promise<TimelineReading> {
  const missing: Missing[] = [];
  const part = async <T>(name: string, system: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (thrown) {
      missing.push({ part: name, why: toFailure(system, thrown) });
      return null;
    }
  };
  const detail = await part<IncidentDetail>('what PagerDuty logged', 'pagerduty', async () =>
    (await systems.pager()).incident(asked.incident, signal),
  );
  const incident = detail?.incident ?? null;
  const own = journal.filter((intent) => intent.incident === asked.incident);
  // With PagerDuty down, the journal may know what the incident is about.
  const named = incident?.service ?? own.find((intent) => intent.service !== null)?.service ?? null;
  const service = (named === null ? undefined : findService(catalog, named)) ?? null;
  const deploys =
    service === null || !(asked.environment in service.in)
      ? null
      : await part<readonly Deploy[]>('deploys', 'aws', async () =>
          (await systems.releases()).deploys(service, asked.environment, DEPLOYS_READ, signal),
        );
  const suspect = incident === null ? null : findSuspect(incident, deploys ?? []);
  const system = service === null ? 'splunk' : logSystem(service);
  const onset =
    incident === null || service === null || suspect === null
      ? null
      : await part(FIRST_ERRORS, system, () =>
          firstErrors(systems, { service, incident, suspect: suspect.deploy }, signal),
        );
  if (onset === null && !missing.some((each) => each.part === FIRST_ERRORS)) {
    missing.push({ part: FIRST_ERRORS, why: whyNoOnset(deploys !== null, suspect !== null) });
  }
  const intents = journal.filter(
    (intent) =>
      intent.incident === asked.incident ||
      (service !== null && intent.service === service.name && intent.environment === asked.environment),
  );
  return {
    facts: {
      incident,
      log: detail?.log ?? null,
      notes: detail?.notes ?? [],
      deploys: deploys ?? [],
      intents,
      onset: onset === null ? null : { line: onset, source: system },
    },
    service,
    missing,
  };
}

function whyNoOnset(deploysRead: boolean, suspected: boolean): string {
  if (!deploysRead) return 'they are looked for after a deploy, and none could be read.';
  return suspected
    ? 'there was no burst of them between the suspect deploy and the trigger.'
    : 'they are looked for after a suspect deploy, and there is none.';
}

/**
 * The first burst of errors between the suspect's start and the trigger. A search gives the newest lines only:
 * where they are too many, it is repeated on the earlier half of the span.
 */
async function firstErrors(
  systems: Systems,
  about: { readonly service: Service; readonly incident: Incident; readonly suspect: Deploy },
  signal: AbortSignal,
): Promise<LogLine | null> {
  const { service, incident, suspect } = about;
  const search = await systems.logSearch();
  const from = suspect.startedAt;
  let to: Instant = incident.triggeredAt;
  let found: LogLine | null = null;
  for (let tries = 0; tries < SEARCHES && to - from >= SECOND; tries++) {
    // Spans are told before the log system's now, which nobody knows until it answered; PagerDuty just did.
    const now = systems.now('pagerduty');
    const query = {
      service,
      environment: suspect.environment,
      sinceMs: now - from,
      untilMs: Math.max(0, now - to),
      contains: 'error',
    };
    const lines = await search.search(query, LINES_READ, signal);
    const onset = errorOnset(lines, suspect.version);
    if (lines.length < LINES_READ) return onset ?? found;
    found = onset ?? found;
    to = from + (to - from) / 2;
  }
  return found;
}
