import { ActionError, type Actions } from '../actions/types.ts';
import { UsageError } from './exit.ts';
import type { Arguments, Context } from './row.ts';
import { actionsOf } from './write/actions.ts';
import { finish } from './write/carry-out.ts';
import { progressPrinter } from './write/progress.ts';

/** Takes up what a lost terminal left behind: follows it to its end and closes it in the journal. Sends nothing of it again. */
export async function run(context: Context, [asked]: Arguments): Promise<number> {
  const actions = await actionsOf(context);
  const intent = asked ?? (await onlyOpen(actions));
  if (intent === null) {
    context.stdout.write('Nothing is under way.\n');
    return 0;
  }
  try {
    const progress = progressPrinter(context.stderr);
    return finish(context, await actions.attach(intent, progress, context.stopSignal()));
  } catch (thrown) {
    if (thrown instanceof ActionError) throw new UsageError(thrown.message);
    throw thrown;
  }
}

async function onlyOpen(actions: Actions): Promise<string | null> {
  const open = await actions.unfinished();
  const [first, ...others] = open;
  if (first === undefined) return null;
  if (others.length === 0) return first.id;
  const list = open.map(
    ({ id, action, service }) => `${id} (${action}${service === null ? '' : ` ${service}`})`,
  );
  throw new UsageError(`Several are under way, say which: ${list.join(', ')}`);
}
