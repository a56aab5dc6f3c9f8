import { hasContracts } from '../../world/contracts.ts';
import type { WorldState } from '../../world/state.ts';
import type { PracticeAnswer } from '../server.ts';
import { ENVIRONMENTS, hal } from './can-i-deploy.ts';

/** `GET /pacticipants` and `GET /environments`; null: neither. */
export function lists(path: string, { services }: WorldState): PracticeAnswer | null {
  if (path === '/pacticipants') {
    const names = services.map(({ name }) => name).filter(hasContracts);
    return hal({ _embedded: { pacticipants: names.map((name) => ({ name, displayName: name })) } });
  }
  if (path === '/environments') {
    const environments = Object.entries(ENVIRONMENTS).map(([name, ours]) => ({
      uuid: `practice-${ours}`,
      name,
      production: ours === 'prod',
    }));
    return hal({ _embedded: { environments } });
  }
  return null;
}
