import { hostname } from 'node:os';
import type { Catalog } from '../model/catalog.ts';
import type { Systems } from '../model/ports/index.ts';
import { acknowledge } from './acknowledge.ts';
import { type Action, type ActionContext, type Draft, LIMITS, type Limits } from './action.ts';
import { refusal } from './consent.ts';
import { openDenials } from './denials.ts';
import { carryOut, refused, takeUp } from './engine.ts';
import { escalate } from './escalate.ts';
import { type FreezePlace, freezeRuling } from './freeze.ts';
import { hashOf } from './hash.ts';
import { forReaders, type Intent, lastState, newIntentId } from './intent.ts';
import { openJournal } from './journal.ts';
import { openLocks } from './locks.ts';
import { note } from './note.ts';
import { reroute } from './reroute.ts';
import { resolve } from './resolve.ts';
import { mending } from './rollback/mending.ts';
import { readOffer } from './rollback/offer.ts';
import { rollback } from './rollback/rollback.ts';
import type { EngineDeps } from './run.ts';
import { acknowledgeSignal } from './signals/acknowledge.ts';
import { assignTicket } from './signals/assign.ts';
import { downtimeSignal } from './signals/downtime.ts';
import { snooze } from './snooze.ts';
import { TOOL_VERSION } from './tool-version.ts';
import { ActionError, type ActionName, type ActionRequest, type Actions, type Plan } from './types.ts';
import { unblockDeploy } from './unblock.ts';
import { openWho } from './who.ts';

export interface ActionsDeps {
  readonly systems: Systems;
  readonly catalog: Catalog;
  /** Who you are, where it is configured; null: PagerDuty is asked whose token it is. */
  readonly email: string | null;
  /** Where the journal lives. */
  readonly stateFolder: string;
  readonly readOnly: boolean;
  /** Shows the world as it is now to whoever looks on. */
  readonly reread: () => Promise<void>;
  readonly limits?: Limits;
}

type Table = { readonly [Name in ActionName]: Action<Extract<ActionRequest, { action: Name }>> };

const table: Table = {
  acknowledge,
  resolve,
  escalate,
  snooze,
  note,
  reroute,
  rollback,
  unblock_deploy: unblockDeploy,
  cancel_update: mending,
  continue_rollback: mending,
  acknowledge_signal: acknowledgeSignal,
  downtime_signal: downtimeSignal,
  assign_ticket: assignTicket,
};
const actionFor = (name: ActionName): Action<ActionRequest> => table[name];

const READ_ONLY = 'Read-only mode: nothing is changed from here.';

export function openActions(deps: ActionsDeps): Actions {
  const { systems, catalog, readOnly } = deps;
  const context: ActionContext = { systems, catalog, readOnly, limits: deps.limits ?? LIMITS };
  const journal = openJournal(deps.stateFolder);
  const who = openWho(systems, deps.email);
  const denials = openDenials();
  const engine: EngineDeps = { context, journal, locks: openLocks(), denials, reread: deps.reread };
  const drafts = new Map<string, Draft>();
  const disabledReason: Actions['disabledReason'] = (action, service = null) =>
    readOnly ? READ_ONLY : (who.missing() ?? denials.reason(action, service));
  const outlookOf = (intent: Intent) => actionFor(intent.action).outlook(context, intent, intent.request);

  const discard = async (plan: Plan): Promise<void> => {
    const draft = drafts.get(plan.intent);
    drafts.delete(plan.intent);
    await draft?.discard?.().catch(() => undefined);
  };

  const unfinished = async () => {
    const open = (await journal.read()).filter((record) => ['sending', 'sent'].includes(lastState(record)));
    return open.map(forReaders);
  };

  return {
    disabledReason,
    async plan(request, signal) {
      const id = newIntentId();
      const isFrozen = (place: FreezePlace) =>
        freezeRuling(context, request, place)?.check.result === 'block';
      const aid = { intent: id, who: () => who.get(signal), isFrozen, signal };
      const drafted = await actionFor(request.action).draft(context, request, aid);
      const freeze = freezeRuling(context, request, drafted);
      const draft = freeze === null ? drafted : { ...drafted, checks: [...drafted.checks, freeze.check] };
      drafts.set(id, draft);
      return planOf(id, request, draft);
    },
    async offer(service, environment, signal) {
      const offer = await readOffer(context, service, environment, signal);
      const open = offer.intents.length === 0 ? [] : await unfinished().catch(() => []);
      const mine = offer.intents.findLast((intent) => open.some(({ id }) => id === intent)) ?? null;
      return { kind: offer.kind, text: offer.text, attach: mine };
    },
    discard,
    async run(plan, consent, onProgress, signal) {
      const draft = drafts.get(plan.intent);
      const drop = async (text: string) => {
        await discard(plan);
        return refused(text);
      };
      const disabled = disabledReason(plan.request.action, plan.service);
      if (disabled !== null) return drop(disabled);
      const why = refusal(plan, consent);
      if (why !== null) return refused(why);
      if (draft === undefined) return refused('This plan was carried out or dropped already: plan anew.');
      // A window may have begun while the plan was read.
      const freeze = freezeRuling(context, plan.request, draft);
      if (freeze?.check.result === 'block') return drop(freeze.check.text);
      drafts.delete(plan.intent);
      try {
        const now = systems.now(draft.system);
        const intent = intentOf(plan, draft, await who.get(signal), now, freeze?.reason ?? null);
        const outlook = outlookOf(intent);
        const outcome = await carryOut(engine, { intent, outlook, onProgress, signal }, draft);
        if (outcome.state === 'refused') await draft.discard?.().catch(() => undefined);
        return outcome;
      } catch (thrown) {
        if (!(thrown instanceof ActionError)) throw thrown;
        await draft.discard?.().catch(() => undefined);
        return refused(thrown.message);
      }
    },
    unfinished,
    async journal() {
      return (await journal.read()).map(forReaders);
    },
    unreadableLines: () => journal.unreadable(),
    async attach(id, onProgress, signal) {
      const record = (await journal.read()).find(({ intent }) => intent.id === id);
      if (record === undefined) throw new ActionError(`No intent ${id} in the journal. See oncall journal`);
      const state = lastState(record);
      if (state === 'confirmed' || state === 'failed' || state === 'refused') {
        return { state, text: record.steps.at(-1)?.text ?? `It ended as ${state}.` };
      }
      if (state === 'planned') return refused('It was planned only: nothing was ever sent.');
      const outlook = outlookOf(record.intent);
      return takeUp(engine, { intent: record.intent, outlook, onProgress, signal });
    },
  };
}

function planOf(intent: string, request: ActionRequest, draft: Draft): Plan {
  const { title, lines, checks, confirm, service, environment, from, to, changes, expectedMs } = draft;
  const freeze = checks.find(({ id }) => id === 'freeze')?.result;
  const hash = hashOf({ request, facts: draft.facts, freeze });
  return {
    intent,
    request,
    title,
    lines,
    checks,
    confirm,
    hash,
    service,
    environment,
    from,
    to,
    changes,
    expectedMs,
  };
}

function intentOf(plan: Plan, draft: Draft, who: string, at: number, reason: string | null): Intent {
  return {
    id: plan.intent,
    at,
    action: plan.request.action,
    request: plan.request,
    service: draft.service,
    environment: draft.environment,
    from: draft.from,
    to: draft.to,
    digest: draft.digest,
    fromDigest: draft.fromDigest,
    who,
    origin: process.env.SSH_CONNECTION ?? null,
    host: hostname(),
    incident: draft.incident,
    planHash: plan.hash,
    token: draft.token,
    reason,
    expectedMs: draft.expectedMs,
    via: draft.via ?? null,
    version: TOOL_VERSION,
  };
}
