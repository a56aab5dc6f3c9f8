import type { JournalIntent } from '../actions/types.ts';
import { localNow, rfc3339 } from '../model/instant.ts';
import { painter } from '../text/paint.ts';
import { UsageError } from './exit.ts';
import { intentLines, journalLines } from './journal-text.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';
import { actionsOf } from './write/actions.ts';

/** What was done from here, oldest first; or all that is known of one intent. */
export async function run(context: Context, [asked]: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const actions = await actionsOf(context);
  const [all, unreadable] = await Promise.all([actions.journal(), actions.unreadableLines()]);
  if (unreadable > 0) {
    const lines = unreadable === 1 ? '1 line' : `${unreadable} lines`;
    context.stderr.write(
      `oncall: ${lines} of the journal cannot be read (written by half, or damaged): what stood there is not shown.\n`,
    );
  }
  const intents = asked === undefined ? all : all.filter(({ id }) => id === asked);
  const [only] = intents;
  if (asked !== undefined && only === undefined) {
    throw new UsageError(`No intent ${asked} in the journal. See oncall journal`);
  }
  if (flag(options, 'json')) {
    const document = {
      schema: 1,
      practice: catalog.practice,
      at: rfc3339(localNow()),
      intents: intents.map(forPrograms),
    };
    context.stdout.write(`${JSON.stringify(document)}\n`);
    return 0;
  }
  if (intents.length === 0) {
    context.stderr.write('Nothing was done from here yet.\n');
    return 0;
  }
  const { stdout } = context;
  const paint = painter(stdout.color);
  const lines =
    asked === undefined || only === undefined
      ? journalLines(intents, stdout.columns, paint)
      : intentLines(only, paint);
  for (const line of lines) stdout.write(`${line}\n`);
  return 0;
}

function forPrograms(intent: JournalIntent) {
  const {
    id,
    action,
    state,
    service,
    environment: env,
    from,
    to,
    who,
    token,
    incident,
    origin,
    host,
    version,
    planHash: plan_hash,
    fromDigest: from_digest,
    toDigest: to_digest,
    reason,
    at,
    history,
  } = intent;
  return {
    id,
    action,
    state,
    service,
    env,
    from,
    to,
    who,
    token,
    incident,
    origin,
    host,
    version,
    plan_hash,
    from_digest,
    to_digest,
    reason,
    at: rfc3339(at),
    history: history.map((step) => ({ state: step.state, at: rfc3339(step.at), text: step.text })),
  };
}
