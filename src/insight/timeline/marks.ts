import type { TimelineEvent, TimelineFacts } from './facts.ts';

/** Lines of the logs that were marked for the incident, where they stood. */
export function markEvents({ marks }: Pick<TimelineFacts, 'marks'>): readonly TimelineEvent[] {
  return marks.map(({ at, who, note, service, message }) => {
    const line = `${service}: ${message}`;
    return {
      at,
      kind: 'mark',
      who,
      text: note === '' ? line : `${note} (${line})`,
      source: 'marks',
      url: null,
    };
  });
}
