import { MINUTE, rfc3339 } from '../../model/instant.ts';
import type { Judge } from './facts.ts';
import { burning, HEALTHY_AFTER_MS, spans, wasHealthy } from './spans.ts';

/** Going back helps only to a version that was well. */
export const healthyBefore: Judge = ({ deploys, incidents, history, to, now, service }) => {
  const id = 'healthy-before';
  if (deploys === null)
    return {
      id,
      result: 'warn',
      text: 'The history of deploys cannot be read: nobody knows whether it was healthy.',
    };
  const served = spans(deploys, now).filter((span) => span.version === to && !span.current);
  if (served.length === 0) {
    return {
      id,
      result: 'warn',
      text: `The history of ${service.name} does not show ${to ?? 'it'} ever serving.`,
    };
  }
  const known = [...(history.kind === 'read' ? history.incidents : []), ...(incidents ?? [])];
  const healthy = served.find((span) => wasHealthy(span, known));
  if (healthy !== undefined) {
    const time = length(Math.round((healthy.to - healthy.from) / MINUTE));
    return history.kind === 'read'
      ? { id, result: 'pass', text: `${to} served ${time} without a high-urgency incident.` }
      : {
          id,
          result: 'skipped',
          text: `${to} served ${time}; whether without a high-urgency incident is not known: ${history.why}`,
        };
  }
  const fire = served.flatMap((span) => burning(span, known))[0];
  return {
    id,
    result: 'warn',
    text:
      fire === undefined
        ? `${to} never served for ${HEALTHY_AFTER_MS / MINUTE} minutes.`
        : `While ${to} served, "${fire.title}" was triggered at ${rfc3339(fire.triggeredAt)}, at high urgency.`,
  };
};

function length(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
