import { type Instant, rfc3339 } from '../model/instant.ts';
import { markdownLink, markdownRow, markdownText } from './markdown.ts';
import { dayAndClock, duration } from './time.ts';
import { MITIGATED_BY, type TimelineLine, type TimelineRecovery } from './timeline.ts';

/** What a timeline is about. */
export interface TimelineHead {
  readonly incident: string;
  /** null: PagerDuty does not tell. */
  readonly title: string | null;
  readonly service: string | null;
  readonly environment: string;
  readonly status: string | null;
  readonly urgency: string | null;
  readonly url: string | null;
  /** The deploy that may be to blame; null: none is suspected. */
  readonly suspect: {
    readonly version: string;
    readonly who: string;
    readonly minutesBefore: number;
  } | null;
  readonly recovery: TimelineRecovery | null;
}

/** The beginning of a post-mortem, as Markdown: what, how long, the timeline, and what is left to be written. */
export function postMortem(head: TimelineHead, events: readonly TimelineLine[]): string {
  const name = [head.service, head.title].filter((part) => part !== null).join(': ') || head.incident;
  const rows = events.map(({ at, kind, text, url, who, source }) =>
    markdownRow([
      rfc3339(at).replace('T', ' ').replace('Z', ''),
      kind.replaceAll('_', ' '),
      url === null ? markdownText(text) : `${markdownText(text)} (${markdownLink('link', url)})`,
      markdownText(who ?? ''),
      source,
    ]),
  );
  return `${[
    `# ${markdownText(name)}`,
    '',
    ...factsOf(head),
    '',
    '## Timeline',
    'All times are UTC.',
    '',
    markdownRow(['when', 'what', 'text', 'who', 'source']),
    markdownRow(['---', '---', '---', '---', '---']),
    ...rows,
    '',
    '## Impact',
    '',
    '## Cause',
    '',
    '## What went well, what did not',
    '',
    '## What we change',
  ].join('\n')}\n`;
}

function factsOf({ incident, url, status, urgency, service, environment, suspect, recovery }: TimelineHead) {
  const id = url === null ? markdownText(incident) : markdownLink(incident, url);
  const about = [status, urgency === null ? null : `${urgency} urgency`].filter((part) => part !== null);
  return [
    `- **Incident**: ${id}${about.length === 0 ? '' : ` (${markdownText(about.join(', '))})`}`,
    ...(service === null ? [] : [`- **Service**: ${markdownText(service)} in ${markdownText(environment)}`]),
    ...(suspect === null
      ? []
      : [
          `- **Suspect**: ${markdownText(`${suspect.version}, deployed by ${suspect.who}, ${suspect.minutesBefore} min before the trigger`)}`,
        ]),
    ...(recovery === null ? [] : recoveryFacts(recovery)),
  ];
}

function recoveryFacts({
  triggeredAt,
  acknowledgedAt,
  mitigatedAt,
  mitigatedBy,
  resolvedAt,
}: TimelineRecovery): readonly string[] {
  const fact = (name: string, at: Instant | null, not: string, how = '') =>
    at === null
      ? `- **${name}**: ${not}`
      : `- **${name}**: ${dayAndClock(at)}, after ${duration(at - triggeredAt)}${how}`;
  const how = mitigatedBy === null ? '' : ` (${MITIGATED_BY[mitigatedBy]})`;
  return [
    `- **Triggered**: ${dayAndClock(triggeredAt)}`,
    fact('Acknowledged', acknowledgedAt, 'no'),
    fact('Mitigated', mitigatedAt, 'not known', how),
    fact('Resolved', resolvedAt, 'not yet'),
  ];
}
