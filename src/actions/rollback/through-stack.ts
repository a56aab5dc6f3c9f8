import { describeChange } from '../../insight/rollback/change-set-scope.ts';
import type { RollbackFacts } from '../../insight/rollback/facts.ts';
import { judge } from '../../insight/rollback/judge.ts';
import { stackEnd } from '../../insight/rollback/stack-end.ts';
import type { ChangePreview } from '../../model/stack.ts';
import { type ActionContext, type DraftAid, sight } from '../action.ts';
import { whoIsFirst } from './moved.ts';
import { signalCounter } from './signals.ts';
import type { Way } from './way.ts';

/** By a CloudFormation change set that changes the image parameter alone. */
export const throughStack: Way = {
  async prepare(context, known, aid) {
    const { facts, preview } = await previewed(context, known, aid);
    const { service, environment, stack, to, token } = facts;
    const change = { service, environment, version: to ?? '' };
    const deployer = () => context.systems.deployer();
    return {
      facts,
      lines: [
        `Stack ${stack.name} (${environment}, account ${stack.identity.account}, ${stack.identity.region}) gets a new group; the old one serves until the new one is well.`,
      ],
      changes: (preview?.changes ?? []).map(describeChange),
      async send(_who, signal) {
        if (preview === null || token === null) throw new Error('a plan that blocks was sent');
        await (await deployer()).execute(change, preview, token, signal);
      },
      explain: (_refusal, signal) => whoIsFirst(context, facts, signal),
      async discard() {
        if (preview !== null) await (await deployer()).discard(change, preview);
      },
    };
  },

  looker(context, place, intent) {
    const { service, environment, placement } = place;
    const count = signalCounter(context, place);
    return async (signal) => {
      const deployer = await context.systems.deployer();
      const events = await deployer.events(service, environment, intent.token ?? '', signal);
      const end = stackEnd(events, placement.stack);
      return end.kind === 'none'
        ? sight('none', `The events of ${placement.stack} do not show it yet.`)
        : sight(end.kind, end.text, events, await count(events, signal));
    };
  },

  done: 'The stack is UPDATE_COMPLETE',
};

/** Makes the change set only when nothing else stands in the way. */
async function previewed(
  context: ActionContext,
  facts: RollbackFacts,
  { intent, isFrozen, signal }: DraftAid,
): Promise<{ facts: RollbackFacts; preview: ChangePreview | null }> {
  const without = (why: string) => ({
    facts: { ...facts, preview: { kind: 'not_made', why } as const },
    preview: null,
  });
  if (context.readOnly) return without('this is read-only mode.');
  if (judge(facts).some((check) => check.result === 'block')) return without('another check blocks.');
  const { service, environment, to } = facts;
  if (isFrozen({ service: service.name, environment, system: 'aws' })) {
    return without('a freeze window forbids it.');
  }
  const name = `oncall-${intent}`;
  try {
    const deployer = await context.systems.deployer();
    const preview = await deployer.preview({ service, environment, version: to ?? '' }, name, signal);
    return { facts: { ...facts, preview: { kind: 'read', name, changes: preview.changes } }, preview };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { facts: { ...facts, preview: { kind: 'refused', why } }, preview: null };
  }
}
