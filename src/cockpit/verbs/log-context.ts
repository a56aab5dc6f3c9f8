import { findService } from '../../model/catalog.ts';
import type { LogSide } from '../../model/log-counts.ts';
import { fixedLines } from '../../model/log-lines.ts';
import { timeOfDay } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { subject, subjectService } from '../selectors.ts';
import { cursorPlace, cursorTo, hold, placeOfId, shownLines } from '../shown-lines.ts';
import type { Line } from '../widgets/line.ts';
import { waited } from './act.ts';

/** Lines on each side. */
const MOST = 500;

/** Asks the log system for the lines around the one under the cursor, and shows it among them. */
export async function showContext(cockpit: Cockpit): Promise<void> {
  const lines = shownLines(cockpit);
  const line = lines.line(lines.numberAt(cursorPlace(cockpit, lines)));
  const at = subject(cockpit.view.get());
  // Among those of its squad a line may be another service's.
  const service = findService(cockpit.catalog, line.service) ?? subjectService(cockpit);
  if (at === null || service === null) return;
  const name = `around ${timeOfDay(line.at)}`;
  const found = await waited(cockpit, `Reading the lines ${name}`, async (signal) =>
    (await cockpit.logSearch()).around({ service, environment: at.environment }, line, MOST, signal),
  );
  if (found === null || subject(cockpit.view.get())?.service !== at.service) return;
  const { before, after } = found;
  const around = fixedLines([...before.lines, ...after.lines]);
  if (around.length === 0) {
    say(cockpit, `The log system finds no line ${name} any more`, 'warn');
    return;
  }
  hold(cockpit, {
    kind: 'context',
    service: service.name,
    lines: around,
    parts: [[{ text: name, tone: 'accent' }], [{ text: 'all instances, no filters' }], gap(before, after)],
  });
  const place = placeOfId(around, line.id);
  cursorTo(cockpit, around, place < 0 ? around.placeAt(line.at) : place);
}

/** Why lines may be missing between those that are shown. */
function gap(before: LogSide, after: LogSide): Line {
  const why = (before.incomplete ?? after.incomplete)?.text;
  return why === undefined ? [] : [{ text: `there may be more: ${why}`, tone: 'warn' }];
}
