import type { Group, Instance } from '../../model/fleet.ts';

/** What can be learned of a group from what stands in front of it. */
export type FrontView =
  /** Nothing is attached. */
  | { readonly kind: 'none' }
  /** Something is, but no load balancer uses it. */
  | { readonly kind: 'idle'; readonly names: string }
  | { readonly kind: 'seen'; readonly names: string }
  | { readonly kind: 'unread'; readonly why: string; readonly lasting: boolean };

export function frontView({ front }: Group): FrontView {
  const { balancers, unread } = front;
  if (balancers.length === 0) return { kind: 'none' };
  if (unread !== null) return { kind: 'unread', ...unread };
  const used = balancers.filter(({ inUse }) => inUse);
  const names = (used.length > 0 ? used : balancers).map(({ name }) => name).join(', ');
  return { kind: used.length > 0 ? 'seen' : 'idle', names };
}

export interface Trouble {
  /** It may be well: what would tell could not be read. */
  readonly unread: boolean;
  readonly text: string;
}

/** Why an instance does not get its traffic as it should; null: it does, or nothing that is in use says otherwise. */
export function trafficTrouble(view: FrontView, { id, traffic }: Instance): Trouble | null {
  if (traffic === null) {
    if (view.kind !== 'seen') return null;
    return { unread: true, text: `What the load balancer thinks of ${id} is not known.` };
  }
  const { state, by, reason } = traffic;
  if (view.kind === 'idle' || state === 'healthy') return null;
  const why = reason === null ? '' : ` (${reason.replace(/\.$/, '')})`;
  return { unread: !KNOWN.has(state), text: `${id} is ${state} behind the load balancer ${by}${why}.` };
}

const KNOWN: ReadonlySet<string> = new Set(['unhealthy', 'initial', 'draining', 'unused']);
