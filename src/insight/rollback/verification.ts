import { servingGroup } from './capacity.ts';
import type { Judge, RollbackFacts } from './facts.ts';
import { frontView } from './front.ts';

/** What is looked at when the stack says that it is done, and whether that can be seen from here. */
export const verification: Judge = (facts) => {
  const id = 'verification';
  const { running, service, environment, to } = facts;
  const front = inFront(facts);
  switch (running.kind) {
    case 'read':
      return {
        id,
        result: 'pass',
        text: `Verified at the end: instances in service, ${front.looked}${service.name} healthy, image of ${to ?? 'it'}; ${running.looked} of ${running.tried} can be looked into now.${front.not}`,
      };
    case 'not_configured':
      return {
        id,
        result: 'skipped',
        text: `Verified at the end: instances in service, ${front.looked}and no more: no way to containers is configured (environments.${environment}.containers).${front.not}`,
      };
    case 'nothing_serves':
      return {
        id,
        result: 'skipped',
        text: 'No instance serves now: whether containers can be looked into at the end will be seen then.',
      };
    case 'unread':
      return {
        id,
        result: 'warn',
        text: `Whether the new instances run ${to ?? 'the image'} may stay unknown at the end: ${running.why}${front.not}`,
      };
  }
};

/** What will be seen of load balancers, and what of them will not. */
function inFront({ groups }: RollbackFacts): { readonly looked: string; readonly not: string } {
  const serving = servingGroup(groups ?? []);
  if (serving === null) return { looked: '', not: '' };
  const front = frontView(serving);
  switch (front.kind) {
    case 'seen':
      return { looked: `healthy behind the load balancer (${front.names}), `, not: '' };
    case 'none':
      return { looked: '', not: ' No load balancer is attached.' };
    case 'idle':
      return { looked: '', not: ` No load balancer uses ${front.names}.` };
    case 'unread':
      return front.lasting
        ? { looked: '', not: ` What the load balancer thinks will not be looked at: ${front.why}` }
        : {
            looked: '',
            not: ` The load balancer could not be asked now, and will be at the end: ${front.why}`,
          };
  }
}
