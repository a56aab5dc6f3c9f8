import { MINUTE } from '../../model/instant.ts';
import type { Judge } from './facts.ts';
import { burning, HEALTHY_AFTER_MS, spans, wasHealthy } from './spans.ts';

/** Going back helps only to a version that was well. */
export const healthyBefore: Judge = ({ deploys, incidents, to, now, service }) => {
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
  const open = incidents ?? [];
  const healthy = served.find((span) => wasHealthy(span, open));
  if (healthy !== undefined) {
    const minutes = Math.round((healthy.to - healthy.from) / MINUTE);
    const known = incidents === null ? ' (incidents could not be read)' : '';
    return {
      id,
      result: 'pass',
      text: `${to} served ${length(minutes)} without a high-urgency incident still open${known}.`,
    };
  }
  const fire = served.flatMap((span) => burning(span, open))[0];
  return {
    id,
    result: 'warn',
    text:
      fire === undefined
        ? `${to} never served for ${HEALTHY_AFTER_MS / MINUTE} minutes.`
        : `While ${to} served, "${fire.title}" was triggered, at high urgency.`,
  };
};

function length(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
