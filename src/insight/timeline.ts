import type { Deploy } from '../model/deploy.ts';
import type { Incident, LogEntry, Note } from '../model/incident.ts';
import { HOUR, type Instant, MINUTE } from '../model/instant.ts';
import type { LogLine } from '../model/log-line.ts';

/** One thing that happened, as one source tells it. */
export interface TimelineEvent {
  /** On the source's own clock. */
  readonly at: Instant;
  readonly kind: string;
  /** null: nobody is named. */
  readonly who: string | null;
  readonly text: string;
  /** `pagerduty`, the deploy's source, `journal`, or the log system's name. */
  readonly source: string;
  readonly url: string | null;
}

/** What was intended from here, as the journal tells it. */
export interface TimelineIntent {
  readonly id: string;
  readonly action: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly who: string;
  readonly incident: string | null;
  readonly at: Instant;
  readonly history: readonly {
    readonly state: string;
    readonly at: Instant;
    readonly text: string | null;
  }[];
}

/** Everything that a timeline is made of; what could not be read is null or empty. */
export interface TimelineFacts {
  readonly incident: Incident | null;
  readonly log: readonly LogEntry[] | null;
  readonly notes: readonly Note[];
  /** Of the incident's service, newest first, further back than the incident. */
  readonly deploys: readonly Deploy[];
  readonly intents: readonly TimelineIntent[];
  readonly onset: { readonly line: LogLine; readonly source: string } | null;
}

/** Deploys before the trigger and after the end that still belong to the story. */
const BEFORE_MS = 2 * HOUR;
const AFTER_MS = HOUR;
/** Two clocks, and the way of a request. */
const APART_MS = 2 * MINUTE;

/** All that happened, oldest first; what has the same time stays in the order of cause: deploy, log, page, act. */
export function timeline(facts: TimelineFacts): readonly TimelineEvent[] {
  const span = spanOf(facts);
  const deploys = facts.deploys.filter(
    ({ startedAt, finishedAt }) => startedAt <= span.to && (finishedAt ?? startedAt) >= span.from,
  );
  return [
    ...deploys.flatMap((deploy) => ofDeploy(deploy, isRollback(deploy, facts.deploys))),
    ...(facts.onset === null ? [] : [ofOnset(facts.onset.line, facts.onset.source)]),
    ...(facts.log ?? []).flatMap((entry) => ofLogEntry(entry, facts.incident)),
    ...facts.notes.map(ofNote),
    ...facts.intents
      .filter((intent) => intent.at >= span.from && intent.at <= span.to)
      .flatMap((intent) => ofIntent(intent, facts)),
  ].sort((one, other) => one.at - other.at);
}

function spanOf({ incident, log, intents }: TimelineFacts): { from: Instant; to: Instant } {
  const begun = incident?.triggeredAt ?? Math.min(...intents.map(({ at }) => at));
  const resolved = log?.findLast(({ kind }) => kind === 'resolve')?.at;
  const over = incident?.status === 'resolved' && resolved !== undefined;
  return { from: begun - BEFORE_MS, to: over ? resolved + AFTER_MS : Number.POSITIVE_INFINITY };
}

/** A note's own words are told instead of the entry that there is one. */
const KINDS: Readonly<Record<string, string | null>> = {
  trigger: 'trigger',
  assign: 'assign',
  notify: 'page',
  acknowledge: 'ack',
  unacknowledge: 'unack',
  escalate: 'escalate',
  delegate: 'reroute',
  reassign: 'reroute',
  snooze: 'snooze',
  resolve: 'resolve',
  annotate: null,
};

function ofLogEntry(entry: LogEntry, incident: Incident | null): readonly TimelineEvent[] {
  const kind = Object.hasOwn(KINDS, entry.kind) ? KINDS[entry.kind] : entry.kind;
  if (kind === null || kind === undefined) return [];
  const triggered = kind === 'trigger' && incident !== null;
  return [
    {
      at: entry.at,
      kind,
      who: entry.by,
      text: triggered ? `${incident.title} (${incident.urgency})` : entry.text,
      source: 'pagerduty',
      url: triggered ? incident.url : null,
    },
  ];
}

function ofNote({ at, by, text }: Note): TimelineEvent {
  return { at, kind: 'note', who: by, text, source: 'pagerduty', url: null };
}

/** A version that was there before, with another one in between: somebody went back to it. */
function isRollback(deploy: Deploy, all: readonly Deploy[]): boolean {
  const before = all
    .filter((each) => each.startedAt < deploy.startedAt && each.status === 'succeeded')
    .sort((one, other) => other.startedAt - one.startedAt);
  return before[0]?.version !== deploy.version && before.some(({ version }) => version === deploy.version);
}

function ofDeploy(deploy: Deploy, back: boolean): readonly TimelineEvent[] {
  const { who, source, url, service, environment, version, reference, status } = deploy;
  const verb = back ? 'rollback' : 'deploy';
  const what = `${service} ${version} in ${environment}${reference === null ? '' : ` (${reference})`}`;
  const of = back ? 'Rollback to' : 'Deploy of';
  const begun = {
    at: deploy.startedAt,
    kind: `${verb}_start`,
    who,
    text: `${of} ${what} began`,
    source,
    url,
  };
  if (deploy.finishedAt === null) return [begun];
  const text = `${of} ${what} ${status.replaceAll('_', ' ')}`;
  return [begun, { at: deploy.finishedAt, kind: `${verb}_end`, who, text, source, url }];
}

function ofOnset(line: LogLine, source: string): TimelineEvent {
  const where = line.instance === null ? '' : ` on ${line.instance}`;
  const text = `First of many errors${where}: ${line.message}`;
  return { at: line.at, kind: 'log_onset', who: null, text, source, url: null };
}

/** What the other sources cannot tell: how it ended seen from here, and what never got through. */
function ofIntent(intent: TimelineIntent, facts: TimelineFacts): readonly TimelineEvent[] {
  const { who, action } = intent;
  const told = (at: Instant, state: string, text: string): TimelineEvent => ({
    at,
    kind: `${action}_${state}`,
    who,
    text,
    source: 'journal',
    url: null,
  });
  const events: TimelineEvent[] = [];
  const last = intent.history.at(-1);
  const sending = intent.history.find(({ state }) => state === 'sending');
  const elsewhere = intent.environment === null ? facts.log !== null : isTold(intent, facts.deploys);
  const ended = last !== undefined && !['planned', 'sending', 'sent'].includes(last.state);
  const lasting = intent.environment !== null || !ended;
  if (sending !== undefined && lasting && !elsewhere) {
    events.push(told(sending.at, 'sent', `${aim(intent)}: sent`));
  }
  // PagerDuty's own log has what got through to it.
  if (ended && !(last.state === 'confirmed' && elsewhere && intent.environment === null)) {
    events.push(told(last.at, last.state, last.text ?? `${aim(intent)}: ${last.state}`));
  }
  return events;
}

function isTold({ service, environment, to, history, at }: TimelineIntent, deploys: readonly Deploy[]) {
  const end = history.at(-1)?.at ?? at;
  return deploys.some(
    (deploy) =>
      deploy.service === service &&
      deploy.environment === environment &&
      deploy.version === to &&
      deploy.startedAt >= at - APART_MS &&
      deploy.startedAt <= end + APART_MS,
  );
}

function aim({ action, service, environment, from, to }: TimelineIntent): string {
  const where = environment === null ? '' : ` in ${environment}`;
  const change = to === null ? '' : from === null ? ` to ${to}` : `: ${from} → ${to}`;
  return `${action} ${service ?? ''}${where}${change}`.replaceAll('  ', ' ');
}
