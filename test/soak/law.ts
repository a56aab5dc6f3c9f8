import type { IntentState, JournalIntent } from '../../src/actions/types.ts';
import type { WorldState } from '../../src/practice/world/state.ts';
import { type Mutation, mutationsOf } from './mutations.ts';
import type { Story, Telling } from './story.ts';
import { Truth } from './truth.ts';

const STACK_ACTIONS: ReadonlySet<string> = new Set(['rollback', 'cancel_update', 'continue_rollback']);

/** What the one-send law says was broken in this story, in sentences; empty: nothing. */
export function broken(state: WorldState, story: Story): readonly string[] {
  const mutations = mutationsOf(story.requests);
  const truth = new Truth(state, story.subject);
  return [
    ...sentOnce(story, mutations),
    ...mutations.filter(({ body }) => body.includes('****')).map(({ operation }) => `${operation} sent ****`),
    ...pressedOnce(story),
    ...agrees(story, truth),
    ...toldAsWritten(story),
    ...neverApplied(story, truth),
  ];
}

/** No handle twice; and of each kind no more than were on disk as `sending`. */
function sentOnce({ journal }: Story, mutations: readonly Mutation[]): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  for (const { operation, action, handle, body } of mutations) {
    const name = `${operation} ${handle ?? body}`;
    // What an incident is to become says nothing of whose wish it was: those are counted.
    if (handle !== null) {
      if (seen.has(name)) found.push(`sent twice: ${name}`);
      seen.add(name);
    }
    if (handle === null && action === null) found.push(`sent without naming an intent: ${name}`);
    if (handle === null && action !== null && STACK_ACTIONS.has(action))
      found.push(`sent without token: ${name}`);
    const owner = [...journal.values()].find(({ id }) => handle?.includes(id) === true);
    const isOwnNote = owner?.action === 'note' && operation.endsWith('/notes');
    const does = isOwnNote ? 'note' : action;
    if (does !== null) counts.set(does, (counts.get(does) ?? 0) + 1);
    if (does !== null && handle !== null && (owner === undefined || !wasSending(owner))) {
      found.push(`sent without being on disk as sending: ${name}`);
    }
  }
  for (const [action, count] of counts) {
    const allowed = [...journal.values()].filter((each) => each.action === action && wasSending(each)).length;
    if (count > allowed) found.push(`${action} was sent ${count} times for ${allowed} intents`);
  }
  return found;
}

/** Keys that are pressed again while the first press is under way. */
function pressedOnce({ confirmed, journal }: Story): readonly string[] {
  const groups = new Set(confirmed.map(({ group }) => group.join()));
  return [...groups].flatMap((group) => {
    const sent = group.split(',').filter((id) => {
      const intent = journal.get(id);
      return intent !== undefined && wasSending(intent);
    });
    return sent.length > 1 ? [`pressed at once, and sent as ${sent.join(' and ')}`] : [];
  });
}

/** What the journal says in the end, and whatever was told on the way, is what the world says. */
function agrees({ journal, confirmed, tellings }: Story, truth: Truth): readonly string[] {
  return confirmed.flatMap(({ intent: id, request, from }) => {
    const intent = journal.get(id);
    const told = tellings.filter(({ intent: of }) => of === id);
    if (intent === undefined) return told.filter(({ outcome }) => outcome.state !== 'refused').map(unwritten);
    const found: string[] = [];
    const say = (what: string) => found.push(`${request.action} ${id} ${what}`);
    const at = told.findLast(({ outcome }) => outcome.state !== 'refused')?.at ?? Number.POSITIVE_INFINITY;
    const hasHandle = request.action === 'note' || STACK_ACTIONS.has(request.action);
    const ended = hasHandle ? truth.ended(request, intent) : null;
    for (const state of new Set([intent.state, ...told.map(({ outcome }) => outcome.state)])) {
      if (state === 'confirmed' && !truth.was(request, intent, { from, to: at }))
        say('is confirmed; it was never so');
      if (state === 'failed' && ended === 'done') say('is failed; the world did it');
    }
    if (intent.state === 'refused' && ended !== null && ended !== 'none')
      say('is refused; the world began it');
    if (intent.state === 'unknown' && ended !== null && ended !== 'none') {
      say(`is unknown after reading in calm; the world says ${ended}`);
    }
    if (intent.state === 'sending' || intent.state === 'sent') say('never comes to an end');
    return found;
  });
}

/** Of what has no handle: no incident shows it more often than it was sent without being refused. */
function neverApplied({ journal, subject }: Story, truth: Truth): readonly string[] {
  const actions = ['acknowledge', 'resolve', 'escalate', 'snooze', 'reroute'] as const;
  return actions.flatMap((action) => {
    const sent = [...journal.values()].filter((each) => each.action === action && wasSending(each));
    const may = sent.filter(({ state }) => state === 'confirmed' || state === 'unknown').length;
    const applied = Math.max(...subject.incidents.map((id) => truth.applied(action, id)));
    return applied > may ? [`${action} was applied ${applied} times; ${may} intents may have been`] : [];
  });
}

/** The journal ends with what the person was told last. */
function toldAsWritten({ journal, tellings, notes }: Story): readonly string[] {
  const wasKilled = notes.some((note) => note.startsWith('killed'));
  return [...journal.values()].flatMap(({ id, action, state }) => {
    const told = tellings.filter(({ intent }) => intent === id).map(({ outcome }) => outcome.state);
    // A plan that is confirmed a second time is refused, whatever became of the first.
    const last = told.findLast((each) => each !== 'refused') ?? told.at(-1);
    // A program that died may have written what it could not tell any more.
    if (wasKilled && (last === undefined || last === 'refused')) return [];
    if (last === undefined) return [`${action} ${id} was never told of; the journal says ${state}`];
    // Whoever stops watching does not know what a second terminal saw.
    if (last === 'unknown' && told.some((each) => each === state)) return [];
    return isSame(last, state) ? [] : [`${action} ${id} was told as ${last}; the journal says ${state}`];
  });
}

function isSame(told: Telling['outcome']['state'], written: IntentState): boolean {
  return told === written || (told === 'unknown' && (written === 'sending' || written === 'sent'));
}

function unwritten({ intent, outcome }: Telling): string {
  return `${intent} was told as ${outcome.state}; no journal has it`;
}

function wasSending({ history }: JournalIntent): boolean {
  return history.some(({ state }) => state === 'sending');
}
