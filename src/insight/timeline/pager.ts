import type { Incident, LogEntry, Note } from '../../model/incident.ts';
import { MINUTE } from '../../model/instant.ts';
import type { TimelineEvent, TimelineFacts, TimelineIntent } from './facts.ts';

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

/** So soon after the first way, it is the same page. */
const PAGE_MS = MINUTE;
/** What this tool ends its notes with, to find them again. */
const MARK = /\s*\[oncall ([a-z0-9]+)(?: [a-z]+)?\]$/;

export function pagerEvents({
  log,
  notes,
  incident,
  intents,
}: Pick<TimelineFacts, 'log' | 'notes' | 'incident' | 'intents'>): readonly TimelineEvent[] {
  return [
    ...pagesTogether((log ?? []).flatMap((entry) => ofLogEntry(entry, incident))),
    ...notes.filter((note) => !isTold(note, intents)).map(ofNote),
  ];
}

/** One page goes out on several ways, and PagerDuty logs each of them. */
function pagesTogether(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const told: TimelineEvent[] = [];
  let texts: string[] = [];
  for (const event of events) {
    const before = told.at(-1);
    const more = before?.kind === 'page' && event.kind === 'page' && event.at - before.at <= PAGE_MS;
    texts = more ? [...texts, event.text] : [event.text];
    if (more) told.splice(-1, 1, { ...before, text: joined(texts) });
    else told.push(event);
  }
  return told;
}

/** `Notified Sam by push, sms, phone`: what all begin with is said once. */
function joined(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => text.split(' '));
  const differs = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  if (differs === -1) return texts[0] ?? '';
  if (differs < 2) return texts.join('; ');
  const rest = [first, ...others].map((words) => words.slice(differs).join(' '));
  return `${first.slice(0, differs).join(' ')} ${rest.join(', ')}`;
}

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

/** The note on how an act ended says what the journal says of it. */
function isTold({ text }: Note, intents: readonly TimelineIntent[]): boolean {
  const id = MARK.exec(text)?.[1];
  const last = intents
    .find((intent) => intent.id === id && intent.environment !== null)
    ?.history.at(-1)?.text;
  return last != null && text.includes(last);
}

function ofNote({ at, by, text }: Note): TimelineEvent {
  return { at, kind: 'note', who: by, text: text.replace(MARK, ''), source: 'pagerduty', url: null };
}
