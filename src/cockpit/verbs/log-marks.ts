import type { LogMark } from '../../model/log-mark.ts';
import { safeText } from '../../model/safe-text.ts';
import { count, timeOfDay } from '../../text/time.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { subject, subjectIncident } from '../selectors.ts';
import { cursorPlace, cursorTo, shownLines } from '../shown-lines.ts';
import { choose, open } from './dialogs.ts';
import { jump } from './log-jump.ts';

/** Reads the marks of earlier sittings. */
export async function readMarks(cockpit: Cockpit): Promise<void> {
  try {
    cockpit.marks.set(await cockpit.logMarks.read());
  } catch (thrown) {
    say(
      cockpit,
      `The marks were not read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'warn',
    );
  }
}

/** Asks for a note, and marks the line under the cursor with it. */
export function markLine(cockpit: Cockpit): void {
  const view = cockpit.view.get();
  const lines = shownLines(cockpit);
  const place = cursorPlace(cockpit, lines);
  const { at, service, instance, message } = lines.line(lines.numberAt(place));
  const { environment } = view;
  const incident = subjectIncident(view)?.id ?? null;
  cursorTo(cockpit, lines, place);
  open(cockpit, {
    kind: 'text',
    title: `Mark the line of ${timeOfDay(at)}`,
    hint: 'A note, or nothing. Kept on this machine; oncall timeline tells it with the incident.',
    text: '',
    verb: 'mark',
    mayBeEmpty: true,
    submit: (note) =>
      void keep(cockpit, {
        ...{ at, service, instance, message, environment, incident },
        note: safeText(note),
        who: whoMarks(cockpit),
      }),
  });
}

async function keep(cockpit: Cockpit, mark: LogMark): Promise<void> {
  try {
    await cockpit.logMarks.add(mark);
    cockpit.marks.update((marks) => [...marks, mark]);
    say(cockpit, 'Marked; M lists the marks', 'good');
  } catch (thrown) {
    say(cockpit, `Not marked: ${thrown instanceof Error ? thrown.message : String(thrown)}`, 'bad');
  }
}

function whoMarks({ settings, watch }: Cockpit): string | null {
  return settings.email ?? watch.me().get().value?.email ?? null;
}

/** The marks of the service that is looked at, newest first; one is gone to. */
export function chooseMark(cockpit: Cockpit): void {
  const at = subject(cockpit.view.get());
  const marks = cockpit.marks
    .get()
    .filter(({ service, environment }) => service === at?.service && environment === at.environment)
    .toReversed();
  if (marks.length === 0) {
    say(cockpit, 'No line is marked here; m marks one');
    return;
  }
  choose(
    cockpit,
    'Marks',
    `${count(marks.length, 'mark')}; Enter goes to the line`,
    marks.map((mark) => ({
      label: `${timeOfDay(mark.at)} ${mark.note}`.trim(),
      note: mark.message,
      pick: () => void jump(cockpit, mark.at, mark.message),
    })),
  );
}
