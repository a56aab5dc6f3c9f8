import { type Begun, begunIn } from '../../insight/begun-note.ts';
import type { FirstResponder } from '../../insight/rollback/under-way.ts';
import { whoseToken } from '../../insight/token.ts';
import type { Incident } from '../../model/incident.ts';
import type { Stack, StackEvent } from '../../model/stack.ts';
import type { ActionContext } from '../action.ts';
import { orNull } from './or-null.ts';
import type { Place } from './place.ts';
import { signalCounter } from './signals.ts';

/** Newest incidents of the service whose notes are looked through. */
const INCIDENTS_READ = 3;

interface Known {
  readonly stack: Stack;
  readonly latest: readonly StackEvent[] | null;
  /** Open ones of the service. */
  readonly incidents: readonly Incident[] | null;
}

/** Who is at the stack already, and how far they are; null: nothing is under way. */
export async function readFirst(
  context: ActionContext,
  place: Place,
  { stack, latest, incidents }: Known,
  signal: AbortSignal | undefined,
): Promise<FirstResponder | null> {
  if (!stack.status.endsWith('_IN_PROGRESS')) return null;
  const [begun, signals] = await Promise.all([
    readBegun(context, incidents ?? [], latest?.[0]?.token ?? null, signal),
    orNull(signalCounter(context, place)(latest ?? [], signal)),
  ]);
  return { begun, signals };
}

async function readBegun(
  context: ActionContext,
  incidents: readonly Incident[],
  token: string | null,
  signal: AbortSignal | undefined,
): Promise<Begun | null> {
  const ours = token === null ? null : whoseToken(token);
  if (ours === null) return null;
  const newest = [...incidents].sort((a, b) => b.triggeredAt - a.triggeredAt).slice(0, INCIDENTS_READ);
  const found = await Promise.all(newest.map((incident) => notedOn(context, incident, ours.intent, signal)));
  return found.find((begun) => begun !== null) ?? null;
}

async function notedOn(
  { systems }: ActionContext,
  { id }: Incident,
  intent: string,
  signal: AbortSignal | undefined,
): Promise<Begun | null> {
  const detail = await orNull(systems.pager().then((pager) => pager.incident(id, signal)));
  return detail === null ? null : begunIn(detail.notes, intent);
}
