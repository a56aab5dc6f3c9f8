import type { Answers } from '../../config/answers.ts';
import { type Doubt, doubtKey, type Matching } from '../../insight/match-services.ts';
import type { FoundDuty, FoundTeam } from '../../model/ports/discovery.ts';
import { count } from '../../text/time.ts';
import { wrap } from '../../text/wrap.ts';
import type { Choices, Composition, Finds } from './compose.ts';
import type { Talk } from './talk.ts';

/** More than these nobody reads one by one: they go to the file as comments. */
const MOST_ASKED = 20;

/** Teams and duties: as the answers name them, as a person chooses, or all that is likely. */
export async function chooseTeams(
  talk: Talk | null,
  { look_in: named }: Answers,
  finds: Finds,
): Promise<Omit<Choices, 'settled'>> {
  const teams = [...finds.values()].flatMap((found) => found.teams);
  const duties = [...finds.values()].flatMap((found) => found.duties);
  const withHours = duties.filter(({ hours }) => hours !== null);
  const byName = <T extends FoundTeam | FoundDuty>(all: readonly T[], names: readonly string[] | undefined) =>
    all.filter(({ name }) => names?.includes(name) ?? true);
  if (talk === null) {
    return {
      teams: byName(teams, named.teams),
      duties: byName(named.duties === undefined ? withHours : duties, named.duties),
    };
  }
  let ours: readonly FoundTeam[] = byName(teams, named.teams);
  if (named.teams === undefined && teams.length > 1) {
    talk.title('Squads', 'teams of PagerDuty, each with the escalation policy that pages it');
    ours = await talk.chooseSome(
      'Which are squads of yours?',
      teams.map((team) => [team.doubt === null ? team.name : `${team.name}  (${team.doubt})`, team]),
      '*',
    );
  }
  let roles: readonly FoundDuty[] = byName(duties, named.duties);
  if (named.duties === undefined && duties.length > 0) {
    talk.title('Roles', 'one person for the whole tribe, such as in working hours and after');
    const usual = withHours.map((duty) => duties.indexOf(duty) + 1).join(' ');
    roles = await talk.chooseSome(
      'Which of these policies are that?',
      duties.map((duty) => [
        `${duty.name}  ${duty.hours ?? 'no hours of its own'} ${duty.timeZone ?? ''}`.trimEnd(),
        duty,
      ]),
      usual === '' ? '-' : usual,
    );
  }
  return { teams: ours, duties: roles };
}

/** Shows what is certain, and asks about the rest in one screen if that is not too much. */
export async function settle(talk: Talk, { doubts }: Matching): Promise<ReadonlySet<string>> {
  if (doubts.length === 0) return new Set();
  talk.title(`Unsure of ${doubts.length}`, 'matched by name, and not quite the same');
  if (doubts.length > MOST_ASKED) {
    talk.say(`Too many to ask one by one: each stands as a comment at its service in the file.`, 2);
    return new Set();
  }
  const right = await talk.chooseSome(
    'Which are right?',
    doubts.map((doubt) => [sentence(doubt), doubt]),
    '-',
  );
  return new Set(right.map(({ thing }) => doubtKey(thing)));
}

function sentence({ thing, service, reason }: Doubt): string {
  return `${thing.kind} ${thing.name} is part of ${service}: ${reason}`;
}

/** Squads with their services, and how much was left over. */
export function showComposition(
  talk: Talk,
  { squads, services, withoutSquad, matching, others }: Composition,
): void {
  const names = Object.keys(services);
  talk.title(`${count(names.length, 'service')}`, 'put together by name');
  const width = Math.max(...squads.map(({ value }) => value.id.length), 'no squad'.length);
  const line = (title: string, all: readonly string[]) => {
    const [first = '', ...rest] = wrap(all.join(', '), Math.max(20, talk.columns - width - 4));
    talk.write(`  ${talk.paint('strong', title.padEnd(width))}  ${first}`);
    talk.write(...rest.map((more) => `${' '.repeat(width + 4)}${more}`));
  };
  for (const { value } of squads) {
    const own = names.filter((name) => squadOf(services[name]?.value) === value.id);
    line(value.id, own.length === 0 ? ['none'] : own);
  }
  if (withoutSquad.length > 0)
    line('no squad', [`${withoutSquad.join(', ')}: left out, a service needs one`]);
  if (others > 0) talk.say(`${count(others, 'thing')} of other teams left out.`, 2);
  if (matching.rest.length > 0)
    talk.say(
      `${count(matching.rest.length, 'thing')} that belong to no service stand at the end of the file.`,
      2,
    );
}

function squadOf(service: object | undefined): unknown {
  return service !== undefined && 'squad' in service ? service.squad : undefined;
}
