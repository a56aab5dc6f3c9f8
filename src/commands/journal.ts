import type { JournalIntent } from '../actions/types.ts';
import { localNow, rfc3339 } from '../model/instant.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';
import { actionsOf } from './write/actions.ts';

/** What was done from here, oldest first. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const actions = await actionsOf(context);
  const [intents, unreadable] = await Promise.all([actions.journal(), actions.unreadableLines()]);
  if (unreadable > 0) {
    const lines = unreadable === 1 ? '1 line' : `${unreadable} lines`;
    context.stderr.write(
      `oncall: ${lines} of the journal cannot be read (written by half, or damaged): what stood there is not shown.\n`,
    );
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
  const rows = intents.map((intent) =>
    [
      rfc3339(intent.at),
      intent.id,
      intent.action,
      intent.state,
      what(intent),
      intent.who,
      ending(intent),
    ].map((text) => ({ text })),
  );
  const columns = [{}, {}, {}, {}, {}, {}, { gives: true }];
  const { stdout } = context;
  for (const line of tableLines(columns, rows, stdout.columns, painter(stdout.color)))
    stdout.write(`${line}\n`);
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

function what({ service, environment, from, to, incident }: JournalIntent): string {
  const change = from === null || to === null ? (to ?? '') : `${from} → ${to}`;
  return [service ?? incident ?? '', environment ?? '', change].filter((word) => word !== '').join(' ');
}

function ending({ history }: JournalIntent): string {
  return history.at(-1)?.text ?? '';
}
