import { findSuspect } from '../../insight/suspect.ts';
import { type Instant, localNow, MINUTE } from '../../model/instant.ts';
import { fixedLines, type LogLines } from '../../model/log-lines.ts';
import { timeOfDay } from '../../text/time.ts';
import { parseWhen, WHEN_FORMS } from '../../text/when.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { lackParts } from '../found-lines.ts';
import { deploysOf, logsOf, subject, subjectIncident, subjectService } from '../selectors.ts';
import { cursorTo, hold, shownLines } from '../shown-lines.ts';
import { waited } from './act.ts';
import { open } from './dialogs.ts';

/** Of what is not at hand, so much is asked for. */
const BEFORE_MS = MINUTE;
const AFTER_MS = 2 * MINUTE;
const MOST_LINES = 5_000;

export function needsService(cockpit: Cockpit): string | null {
  return subjectService(cockpit) === null ? 'No service is looked at' : null;
}

/** Asks for a time and goes there. */
export function askTime(cockpit: Cockpit): void {
  const ask = (text: string) =>
    open(cockpit, {
      kind: 'text',
      title: 'Jump to a time',
      hint: `${WHEN_FORMS} (UTC); trigger, deploy. What is not kept here is asked of the log system.`,
      text,
      verb: 'go',
      submit: (wish) => {
        const at = timeOf(cockpit, wish);
        if (typeof at === 'number') return void jump(cockpit, at);
        ask(wish);
        say(cockpit, at, 'warn');
      },
    });
  ask('');
}

/** A time, or why there is none: a sentence. */
function timeOf(cockpit: Cockpit, wish: string): Instant | string {
  const view = cockpit.view.get();
  const incident = subjectIncident(view);
  if (wish === 'trigger') return incident?.triggeredAt ?? 'No incident of this service is open';
  if (wish === 'deploy') {
    const at = subject(view);
    const deploys = (at === null ? null : deploysOf(cockpit, at).get().value) ?? [];
    const deploy = (incident === null ? null : findSuspect(incident, deploys)?.deploy) ?? deploys[0];
    return deploy === undefined
      ? 'No deploy of this service is known'
      : (deploy.finishedAt ?? deploy.startedAt);
  }
  const now = newest(cockpit);
  const at = parseWhen(wish, now);
  if (at === null) return `${wish} is no time: write ${WHEN_FORMS}, trigger or deploy`;
  return at;
}

/** On the log system's clock as far as it is known. */
function newest(cockpit: Cockpit): Instant {
  const at = subject(cockpit.view.get());
  const logs = at === null ? null : logsOf(cockpit, at).get().value;
  return logs?.completeTo ?? logs?.lines.at(-1)?.at ?? localNow();
}

/** To the first line at or after that time, or the one of it that says so: among those at hand, else among those that the log system has. */
export async function jump(cockpit: Cockpit, to: Instant, message?: string): Promise<void> {
  const shown = shownLines(cockpit);
  const at = subject(cockpit.view.get());
  const service = subjectService(cockpit);
  if (at === null || service === null) return;
  const place = shown.placeAt(to);
  const isHere = shown.length > 0 && shown.timeOf(shown.numberAt(0)) <= to && place < shown.length;
  if (isHere) {
    cursorTo(cockpit, shown, saying(shown, place, message));
    return;
  }
  const name = timeOfDay(to);
  const span = { from: to - BEFORE_MS, to: to + AFTER_MS };
  const found = await waited(cockpit, `Searching ${at.service} at ${name}`, async (signal) =>
    (await cockpit.logSearch()).search({ service, environment: at.environment, ...span }, MOST_LINES, signal),
  );
  if (found === null || subject(cockpit.view.get())?.service !== at.service) return;
  if (found.lines.length === 0) {
    say(cockpit, `No line from ${timeOfDay(span.from)} to ${timeOfDay(span.to)}`, 'warn');
    return;
  }
  hold(cockpit, {
    kind: 'span',
    lines: fixedLines(found.lines),
    parts: [
      [{ text: `${timeOfDay(span.from)}–${timeOfDay(span.to)}`, tone: 'accent' }],
      ...lackParts(found, MOST_LINES),
    ],
  });
  const now = shownLines(cockpit);
  cursorTo(cockpit, now, saying(now, now.placeAt(to), message));
}

/** Of the lines of one time, the one with that message. */
function saying(lines: LogLines, first: number, message: string | undefined): number {
  for (let place = first; place < lines.length; place++) {
    const line = lines.line(lines.numberAt(place));
    if (line.message === message) return place;
    if (line.at > lines.timeOf(lines.numberAt(first))) break;
  }
  return first;
}
