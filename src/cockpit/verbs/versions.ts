import { leftBehind } from '../../insight/rollback/left-behind.ts';
import { chooseTarget } from '../../insight/rollback/target.ts';
import { runningDeploy } from '../../insight/running-deploy.ts';
import { findSuspect } from '../../insight/suspect.ts';
import { zoneSentence } from '../../insight/zone-trouble.ts';
import type { Deploy } from '../../model/deploy.ts';
import type { Incident } from '../../model/incident.ts';
import { type Reading, systemNow } from '../../model/reading.ts';
import { age, day } from '../../text/time.ts';
import type { Cockpit } from '../cockpit.ts';
import { when } from '../panes/deploy-lines.ts';
import { deploysOf, type Subject } from '../selectors.ts';
import type { Choice } from '../stores/dialog.ts';
import { request } from './act.ts';
import { choose, open } from './dialogs.ts';

/** First which version, the last good one in front; then the plan with its checks. */
export function chooseVersion(cockpit: Cockpit, at: Subject, incident: Incident | null): void {
  const reading = deploysOf(cockpit, at).get();
  const now = systemNow(reading, cockpit.now.get());
  const unread = reading.value === null && reading.error === null;
  const known = reading.value ?? [];
  const plan = (to?: string) =>
    void request(
      cockpit,
      {
        action: 'rollback',
        ...at,
        ...(incident !== null && { incident: incident.id }),
        ...(to !== undefined && { to }),
      },
      `Planning the rollback of ${at.service}: reading stack, image and capacity`,
    );
  const current = runningDeploy(known)?.version ?? null;
  const suspect = incident === null ? null : (findSuspect(incident, known)?.deploy.version ?? null);
  const left = leftBehind(known);
  const incidents = (cockpit.watch.incidents().get().value ?? []).filter(
    ({ service }) => service === at.service,
  );
  const good = chooseTarget(known, current, incidents, now);
  const served = known.filter(({ status }) => status === 'succeeded');
  const versions = served
    .filter(({ version }, index) => served.findIndex((each) => each.version === version) === index)
    .map((deploy): Choice => {
      const { version } = deploy;
      const leaving = left.get(version);
      const marks = [
        ...(version === current ? ['runs now'] : []),
        ...(version === suspect ? ['SUSPECT'] : []),
        ...(leaving === undefined ? [] : [`rolled back from ${day(leaving.at, now)}`]),
      ];
      const facts = `${when({ incident, now }, deploy)}, ${deploy.who}`;
      return {
        label: version,
        note: marks.length === 0 ? facts : `${marks.join(', ')}: ${facts}`,
        pick: () => plan(version),
      };
    });
  const choices: readonly Choice[] = [
    ...(good === null && !unread
      ? []
      : [
          {
            label: 'last good version',
            note: `${good === null ? 'the plan looks for it' : good}: the last that succeeded and was healthy`,
            // The plan reads what burned before, too, and may know better.
            pick: () => plan(),
          },
        ]),
    ...versions,
    {
      label: 'another version',
      note: 'write its image tag; the plan checks that it is there',
      pick: () => writeVersion(cockpit, at, plan),
    },
  ];
  const harmless = versions.findIndex(
    ({ label }) => label !== current && label !== suspect && !left.has(label),
  );
  choose(
    cockpit,
    `Roll ${at.service} in ${at.environment} back to which version?`,
    [
      ...zoneWarning(cockpit, at),
      sentence({ reading, current, good, now, localNow: cockpit.now.get() }, cockpit.view.get().pinned),
    ].join(' '),
    choices,
    good !== null || unread ? 0 : harmless >= 0 ? harmless : choices.length - 1,
  );
}

/** What no version mends stands first. */
function zoneWarning(cockpit: Cockpit, { service, environment }: Subject): readonly string[] {
  const trouble = cockpit.watch.zoneTrouble(environment).get().value;
  if (trouble?.services.includes(service) !== true) return [];
  return [`${zoneSentence(trouble)} A rollback will not help.`];
}

interface Standing {
  readonly reading: Reading<readonly Deploy[]>;
  readonly current: string | null;
  readonly good: string | null;
  /** The releases' clock. */
  readonly now: number;
  /** This machine's clock. */
  readonly localNow: number;
}

/** What runs and since when it was gone back to; what is not known, and why. */
function sentence({ reading, current, good, now, localNow }: Standing, pinned: string | null): string {
  const { value, error, receivedAt } = reading;
  const why = error === null ? '' : ` (${error.system}: ${error.message})`;
  if (value === null) {
    return `The deploys ${error === null ? 'are not read yet' : 'cannot be read'}${why}: ${error === null ? 'the plan reads them.' : 'name the version yourself.'}`;
  }
  const from = [...leftBehind(value)].find(([, leaving]) => leaving.to === current);
  const parts = [
    current === null
      ? 'Which version runs is not known'
      : `it runs ${current}${from === undefined ? '' : `, rolled back from ${from[0]} ${day(from[1].at, now)}`}`,
    ...(good === null ? ['no other version is known to have been healthy'] : []),
    ...(error === null || receivedAt === null
      ? []
      : [`the deploys are as they were read ${age(localNow - receivedAt)} ago: now they cannot be${why}`]),
    ...(pinned === null ? [] : [`pinned: ${pinned}`]),
  ];
  return parts.join('; ');
}

function writeVersion(cockpit: Cockpit, { service, environment }: Subject, plan: (to: string) => void): void {
  open(cockpit, {
    kind: 'text',
    title: `Roll ${service} in ${environment} back to which version?`,
    hint: 'An image tag, such as 1.0.282. The plan comes next: nothing is sent yet.',
    text: '',
    submit: plan,
  });
}
