import { fixedLines } from '../../model/log-lines.ts';
import { timeOfDay } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { lackParts } from '../found-lines.ts';
import { shapeNow } from '../log-shape.ts';
import { subject, subjectService } from '../selectors.ts';
import { chosenSpan, moveBucket } from '../stores/log-shape.ts';
import { LIVE_LOGS } from '../stores/logs-view.ts';
import { waited } from './act.ts';

const MOST_LINES = 5_000;

export function showShape(cockpit: Cockpit): void {
  cockpit.view.update((view) => ({
    ...view,
    logs: { ...view.logs, show: 'shape', shape: LIVE_LOGS.shape },
  }));
}

/** Moves the cursor by so many columns; ±Infinity goes to an end. */
export function moveShape(cockpit: Cockpit, delta: number): void {
  const counts = shapeNow(cockpit);
  if (counts === null) return;
  cockpit.view.update((view) => ({
    ...view,
    logs: { ...view.logs, shape: moveBucket(counts, view.logs.shape, delta) },
  }));
}

/** Begins a span under the cursor, or lets it go. */
export function toggleSpan(cockpit: Cockpit): void {
  const counts = shapeNow(cockpit);
  if (counts === null) return;
  const { shape } = cockpit.view.get().logs;
  const at = chosenSpan(counts, { ...shape, from: null }).from;
  cockpit.view.update((view) => ({
    ...view,
    logs: { ...view.logs, shape: { at, from: shape.from === null ? at : null } },
  }));
}

export function needsShape(cockpit: Cockpit): string | null {
  return shapeNow(cockpit) === null ? 'There are no lines here yet' : null;
}

/** Asks the log system for the lines of the span, and shows them instead of the live log. */
export async function searchSpan(cockpit: Cockpit): Promise<void> {
  const counts = shapeNow(cockpit);
  const at = subject(cockpit.view.get());
  const service = subjectService(cockpit);
  if (counts === null || at === null || service === null) return;
  const span = chosenSpan(counts, cockpit.view.get().logs.shape);
  const name = `${timeOfDay(span.from)}–${timeOfDay(span.to)}`;
  const found = await waited(cockpit, `Searching ${at.service} from ${name}`, async (signal) => {
    const search = await cockpit.logSearch();
    return search.search({ service, environment: at.environment, ...span }, MOST_LINES, signal);
  });
  if (found === null || subject(cockpit.view.get())?.service !== at.service) return;
  const { show, anchor, shape } = LIVE_LOGS;
  cockpit.view.update((view) => ({
    ...view,
    logs: {
      ...view.logs,
      show,
      shape,
      anchor,
      held: {
        kind: 'span',
        lines: fixedLines(found.lines),
        parts: [[{ text: name, tone: 'accent' }], ...lackParts(found, MOST_LINES)],
      },
    },
  }));
  if (found.lines.length === 0) say(cockpit, `No line from ${name}; Esc goes back to the live log`);
}
