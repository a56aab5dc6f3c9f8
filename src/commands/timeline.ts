import type { TimelineEvent } from '../insight/timeline/facts.ts';
import { type Recovery, recoveryOf } from '../insight/timeline/recovery.ts';
import { timeline } from '../insight/timeline/timeline.ts';
import { type Instant, rfc3339, SECOND } from '../model/instant.ts';
import type { LogMark } from '../model/log-mark.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { postMortem, type TimelineHead } from '../text/post-mortem.ts';
import { recoveryLines, timelineLines } from '../text/timeline.ts';
import { readTimeline, type TimelineReading } from '../watch/timeline/read.ts';
import { OK, UNKNOWN, UsageError } from './exit.ts';
import { jsonDocument } from './json.ts';
import { environmentNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { actionsOf } from './write/actions.ts';

/** `oncall timeline INCIDENT`: everything that happened around it, from every system, oldest first. */
export async function run(context: Context, [id = '']: Arguments, options: Options): Promise<number> {
  if (flag(options, 'json') && flag(options, 'md')) throw new UsageError('either --json or --md, not both');
  const { catalog } = await context.config();
  const environment = environmentNamed(catalog, optionText(options, 'env'));
  const systems = await context.systems();
  const kept = { journal: await (await actionsOf(context)).journal(), marks: await marksOf(context) };
  const asked = { incident: id, environment: environment.name };
  const reading = await readTimeline(systems, catalog, asked, kept, context.stopSignal());
  const exit = tellMissing(context, id, reading);
  const events = timeline(reading.facts);
  const head = headOf(id, environment.name, reading);
  const { stdout } = context;
  if (flag(options, 'json')) {
    const { service, title, status, recovery } = head;
    const body = {
      incident: id,
      title,
      status,
      service,
      env: environment.name,
      recovery: recovery === null ? null : jsonRecovery(recovery),
      events: events.map(json),
    };
    stdout.write(jsonDocument(catalog, systems.now('pagerduty'), body));
  } else if (flag(options, 'md')) {
    stdout.write(postMortem(head, events));
  } else {
    const paint = painter(stdout.color);
    const { service, title, recovery } = head;
    const name = [service, title].filter((part) => part !== null).join(': ') || id;
    const lines = [
      `${paint('strong', name)}  timeline  ${worldMarks(catalog.practice, environment, paint)}`,
      ...(recovery === null ? [] : recoveryLines(recovery, stdout.columns, paint)),
      '',
      ...timelineLines(events, stdout.columns, paint),
      ...(events.length > 0 ? [] : ['nothing is known']),
    ];
    stdout.write(`${lines.join('\n')}\n`);
  }
  return exit;
}

/** Marks that cannot be read leave the rest of the story as it is. */
async function marksOf(context: Context): Promise<readonly LogMark[]> {
  const [{ openLogMarks }, { stateFolderOf }] = await Promise.all([
    import('../config/log-marks.ts'),
    import('../config/state.ts'),
  ]);
  const folder = stateFolderOf((await context.config()).file, context.env);
  return openLogMarks(folder)
    .read()
    .catch((thrown: unknown) => {
      context.stderr.write(
        `oncall: left out: marked lines: ${thrown instanceof Error ? thrown.message : thrown}\n`,
      );
      return [];
    });
}

function headOf(
  id: string,
  environment: string,
  { facts, service, suspect }: TimelineReading,
): Omit<TimelineHead, 'recovery'> & { readonly recovery: Recovery | null } {
  const { incident } = facts;
  return {
    incident: id,
    title: incident?.title ?? null,
    service: service?.name ?? incident?.pagerService.name ?? null,
    environment,
    status: incident?.status ?? null,
    urgency: incident?.urgency ?? null,
    url: incident?.url ?? null,
    suspect: suspect === null ? null : { ...suspect, who: suspect.deploy.who },
    recovery: recoveryOf(facts),
  };
}

/** What is left out is said; without PagerDuty's incident the matter itself is not known. */
function tellMissing(context: Context, id: string, { missing, facts }: TimelineReading): number {
  let exit = OK;
  for (const { part, why } of missing) {
    const failure = typeof why === 'string' ? null : why;
    if (failure?.system === 'pagerduty' && facts.incident === null) {
      if (failure.code === 'not_found') {
        throw new UsageError(`PagerDuty knows no incident ${id}: see oncall incidents`);
      }
      if (failure.code === 'not_configured') throw failure;
      exit = UNKNOWN;
    }
    context.stderr.write(
      `oncall: left out: ${part}: ${failure === null ? why : `${failure.system}: ${failure.text}`}\n`,
    );
  }
  return exit;
}

function json({ at, kind, who, text, source, url }: TimelineEvent) {
  return { at: rfc3339(at), kind, who, text, source, url };
}

function jsonRecovery({ triggeredAt, acknowledgedAt, mitigatedAt, mitigatedBy, resolvedAt }: Recovery) {
  const since = (at: Instant | null) => (at === null ? null : Math.round((at - triggeredAt) / SECOND));
  const time = (at: Instant | null) => (at === null ? null : rfc3339(at));
  return {
    triggered_at: rfc3339(triggeredAt),
    acknowledged_at: time(acknowledgedAt),
    mitigated_at: time(mitigatedAt),
    mitigated_by: mitigatedBy,
    resolved_at: time(resolvedAt),
    to_acknowledge_s: since(acknowledgedAt),
    to_mitigate_s: since(mitigatedAt),
    to_resolve_s: since(resolvedAt),
  };
}
