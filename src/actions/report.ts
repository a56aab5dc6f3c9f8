import type { Sight } from './action.ts';
import type { EngineDeps, Run } from './run.ts';
import type { IntentState } from './types.ts';

/** Where an intent stands: into the journal, and to whoever watches. */
export interface Report {
  /** Writes the intent's first line; false: it could not be kept. */
  begin(): Promise<boolean>;
  /** Writes a state; false: it could not be kept. */
  step(state: IntentState, text: string): Promise<boolean>;
  /** Shows progress only. */
  tell(state: IntentState, text: string, seen?: Pick<Sight, 'events' | 'signals' | 'output'>): void;
  /** Why the latest line could not be kept. */
  trouble(): string;
  /** The system's clock, in milliseconds since this watching began. */
  elapsed(): number;
}

export function openReport(deps: EngineDeps, run: Run): Report {
  const now = () => deps.context.systems.now(run.outlook.system);
  const openedAt = now();
  let latest: Pick<Sight, 'events' | 'signals' | 'output'> = { events: [], signals: null, output: [] };
  let trouble = '';
  const keep = async (write: () => Promise<void>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (thrown) {
      trouble = `Not kept: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
      return false;
    }
  };
  const tell: Report['tell'] = (state, text, seen) => {
    if (seen !== undefined) latest = seen;
    const { events, signals, output } = latest;
    // The remote work began with its own first event, whenever the person confirmed.
    const startedAt = events[0]?.at ?? openedAt;
    run.onProgress({ state, text, startedAt, now: now(), events, signals, output });
  };
  return {
    begin: () => keep(() => deps.journal.begin(run.intent, { state: 'planned', at: now(), text: null })),
    async step(state, text) {
      // Read-only mode watches: whoever may write closes the intent and tells of its end.
      const kept =
        deps.context.readOnly ||
        (await keep(() => deps.journal.append(run.intent.id, { state, at: now(), text })));
      // Before the send a lost line stops everything; afterwards the person still has to see how it goes on.
      if (kept || state !== 'sending') tell(state, text);
      return kept;
    },
    tell,
    trouble: () => `${trouble} Nothing can be changed without a journal.`,
    elapsed: () => now() - openedAt,
  };
}
