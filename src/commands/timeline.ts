import { type TimelineEvent, timeline } from '../insight/timeline.ts';
import { rfc3339 } from '../model/instant.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { timelineLines, timelineMarkdown } from '../text/timeline.ts';
import { readTimeline, type TimelineReading } from '../watch/timeline.ts';
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
  const journal = await (await actionsOf(context)).journal();
  const asked = { incident: id, environment: environment.name };
  const reading = await readTimeline(systems, catalog, asked, journal, context.stopSignal());
  const exit = tellMissing(context, id, reading);
  const events = timeline(reading.facts);
  const { incident } = reading.facts;
  const head = {
    incident: id,
    title: incident?.title ?? null,
    service: reading.service?.name ?? incident?.pagerService.name ?? null,
    status: incident?.status ?? null,
    url: incident?.url ?? null,
  };
  const { stdout } = context;
  if (flag(options, 'json')) {
    const { service, title, status } = head;
    const body = { incident: id, title, status, service, env: environment.name, events: events.map(json) };
    stdout.write(jsonDocument(catalog, systems.now('pagerduty'), body));
  } else if (flag(options, 'md')) {
    stdout.write(timelineMarkdown(head, events));
  } else {
    const paint = painter(stdout.color);
    const name = [head.service, head.title].filter((part) => part !== null).join(': ') || id;
    const title = `${paint('strong', name)}  timeline  ${worldMarks(catalog.practice, environment, paint)}`;
    const lines = timelineLines(events, stdout.columns, paint);
    stdout.write(`${[title, '', ...(lines.length > 0 ? lines : ['nothing is known'])].join('\n')}\n`);
  }
  return exit;
}

/** What is left out is said; without PagerDuty the matter itself is not known. */
function tellMissing(context: Context, id: string, { missing }: TimelineReading): number {
  let exit = OK;
  for (const { part, why } of missing) {
    const failure = typeof why === 'string' ? null : why;
    if (failure?.system === 'pagerduty') {
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
