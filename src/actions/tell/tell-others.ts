import { findService, findSquad } from '../../model/catalog.ts';
import { toFailure } from '../../model/failure.ts';
import type { News } from '../../model/ports/notifier.ts';
import type { ActionContext } from '../action.ts';
import type { Intent } from '../intent.ts';
import type { EngineDeps, Run } from '../run.ts';
import type { Outcome } from '../types.ts';
import { within } from '../within.ts';
import { noteOnIncident } from './incident-note.ts';
import { begunText, endedText } from './words.ts';

/** One way of telling: what it leaves behind, and how. */
interface Telling {
  readonly name: string;
  readonly system: string;
  /** Where it can be seen, for the person who did it; empty: nowhere that they need to know of. */
  readonly told: string;
  send(signal: AbortSignal): Promise<void>;
}

/** Tells whoever should know that it is under way: the next one who wants to change the same finds it there. */
export async function tellBegun(deps: EngineDeps, run: Run): Promise<void> {
  const { words } = run.outlook;
  if (words === undefined) return;
  await tellEach(deps, run.intent, newsOf(deps, run, 'begun', null, begunText(run.intent, words)));
}

/** Tells how it ended. Answers what the person should know of the telling, or null. */
export async function tellEnded(deps: EngineDeps, run: Run, outcome: Outcome): Promise<string | null> {
  const { words } = run.outlook;
  if (words === undefined || (outcome.state !== 'confirmed' && outcome.state !== 'failed')) return null;
  const text = endedText(run.intent, words, outcome);
  return tellEach(deps, run.intent, newsOf(deps, run, 'ended', outcome.state, text), run.signal);
}

/**
 * Each at most once, whatever happens to this process: it is claimed in the journal before it is sent. Read-only mode
 * watches what was begun elsewhere, and tells nobody.
 */
async function tellEach(
  deps: EngineDeps,
  intent: Intent,
  news: News | null,
  signal?: AbortSignal,
): Promise<string | null> {
  const { context, journal } = deps;
  if (news === null || context.readOnly) return null;
  const said: string[] = [];
  for (const { name, system, told, send } of await tellings(context, intent, news)) {
    try {
      if (!(await journal.claim(news.intent, `${name}, ${news.stage}`, news.at))) continue;
      await within(system, context.limits.send, send, signal);
      if (told !== '') said.push(told);
    } catch (thrown) {
      said.push(`The ${name} may be missing (${toFailure(system, thrown).text}).`);
    }
  }
  return said.length === 0 ? null : said.join(' ');
}

async function tellings(context: ActionContext, { who }: Intent, news: News): Promise<readonly Telling[]> {
  const { incident } = news;
  const note: Telling = {
    name: `note on ${incident}`,
    system: 'pagerduty',
    told: `Noted on ${incident}.`,
    send: (signal) => noteOnIncident(context, news, who, signal),
  };
  const notifiers = (await context.systems.notifiers()).filter((notifier) => notifier.takes(news));
  return [
    ...(incident === null ? [] : [note]),
    ...notifiers.map(({ name, system, tell }) => ({
      name,
      system,
      told: '',
      send: (signal: AbortSignal) => tell(news, signal),
    })),
  ];
}

function newsOf(
  { context: { catalog, systems } }: EngineDeps,
  { intent, outlook }: Run,
  stage: News['stage'],
  state: News['state'],
  text: string,
): News | null {
  const service = findService(catalog, intent.service ?? '');
  if (service === undefined || intent.environment === null) return null;
  return {
    stage,
    state,
    intent: intent.id,
    action: intent.action,
    service,
    environment: intent.environment,
    from: intent.from,
    to: intent.to,
    who: intent.who,
    at: systems.now(outlook.system),
    incident: intent.incident,
    channel: findSquad(catalog, service.squad)?.slackChannel ?? null,
    text,
  };
}
