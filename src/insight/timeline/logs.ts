import type { TimelineEvent, TimelineFacts, TimelineLogLine } from './facts.ts';

/** When the errors began, and when they ended. */
export function logEvents({ onset, calm }: Pick<TimelineFacts, 'onset' | 'calm'>): readonly TimelineEvent[] {
  return [
    ...(onset === null ? [] : [told(onset, 'log_onset', 'First of many errors')]),
    ...(calm === null ? [] : [told(calm, 'log_calm', 'Last of many errors')]),
  ];
}

function told({ line, source }: TimelineLogLine, kind: string, what: string): TimelineEvent {
  const where = line.instance === null ? '' : ` on ${line.instance}`;
  return { at: line.at, kind, who: null, text: `${what}${where}: ${line.message}`, source, url: null };
}
