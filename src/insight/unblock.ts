import type { Deploy } from '../model/deploy.ts';
import type { Incident } from '../model/incident.ts';
import { rfc3339 } from '../model/instant.ts';
import type { Judgement } from './rollback/facts.ts';
import { leftBehind } from './rollback/left-behind.ts';

/** Whether the version that waits was rolled back from: what stopped it may do so again. */
export function notLeftBehind(deploys: readonly Deploy[] | null, version: string): Judgement {
  const id = 'left-behind';
  if (deploys === null) {
    return { id, result: 'skipped', text: 'Whether it was rolled back from cannot be told: no history.' };
  }
  const left = leftBehind(deploys).get(version);
  return left === undefined
    ? { id, result: 'pass', text: `${version} was not rolled back from.` }
    : {
        id,
        result: 'warn',
        text: `${version} was rolled back from, to ${left.to}, at ${rfc3339(left.at)}: what was wrong with it may be still.`,
      };
}

/** Whether another deploy of the service is under way there: two meet at the stack. */
export function alone(deploys: readonly Deploy[] | null, environment: string): Judgement {
  const id = 'alone';
  if (deploys === null) {
    return { id, result: 'skipped', text: 'Whether another deploy is under way cannot be told: no history.' };
  }
  const busy = deploys.find(({ status }) => status === 'in_progress');
  return busy === undefined
    ? { id, result: 'pass', text: `No other deploy to ${environment} is under way.` }
    : {
        id,
        result: 'warn',
        text: `${busy.version} is being deployed to ${environment} by ${busy.who}: the stack takes one at a time.`,
      };
}

/** Whether the service burns already: what goes out may mend it, or make it harder to see why. */
export function noIncident(incidents: readonly Incident[] | null, service: string): Judgement {
  const id = 'open-incident';
  if (incidents === null) {
    return { id, result: 'skipped', text: 'Whether an incident of it is open cannot be told now.' };
  }
  const open = incidents.find(({ urgency }) => urgency === 'high');
  return open === undefined
    ? { id, result: 'pass', text: `No high-urgency incident of ${service} is open.` }
    : {
        id,
        result: 'warn',
        text: `${service} has an open incident at high urgency, “${open.title}”: does this mend it?`,
      };
}
