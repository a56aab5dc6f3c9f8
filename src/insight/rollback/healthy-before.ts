import type { Incident } from '../../model/incident.ts';
import { MINUTE, rfc3339 } from '../../model/instant.ts';
import type { Judge } from './facts.ts';
import { burning, HEALTHY_AFTER_MS, lastBurning, type Span, spans, wasHealthy } from './spans.ts';

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
      ? { id, result: 'pass', text: `${to} served ${time}${quiet(healthy, known)}.` }
      : {
          id,
          result: 'skipped',
          text: `${to} served ${time}; whether without a high-urgency incident is not known: ${history.why}`,
        };
  }
  const fire = served.flatMap((span) => lastBurning(span, known))[0];
  return {
    id,
    result: 'warn',
    text:
      fire === undefined
        ? `${to} never served for ${HEALTHY_AFTER_MS / MINUTE} minutes.`
        : `When ${to} was replaced, "${fire.title}" burned, at high urgency since ${rfc3339(fire.triggeredAt)}.`,
  };
};

/** What is known of it beside that it was well in the end. */
function quiet(span: Span, incidents: readonly Incident[]): string {
  const fires = burning(span, incidents).length;
  if (fires === 0) return ' without a high-urgency incident';
  return `, the last half hour of it without a high-urgency incident (${fires} before)`;
}

function length(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
