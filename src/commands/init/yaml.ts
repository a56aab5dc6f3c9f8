import { Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Answers } from '../../config/answers.ts';
import { count } from '../../text/time.ts';
import type { Composition } from './compose.ts';

/** Beside the configuration, so that editors know its keys. */
export const SCHEMA_FILE = 'oncall.schema.json';

const HEADS: Readonly<Record<string, string>> = {
  squads: 'Squads: whom a re-route pages (PagerDuty’s escalation policies), and where they talk.',
  roles: 'One person for the whole tribe, by PagerDuty’s escalation policy; hours are local.',
  default_environment: 'Reads look here unless --env says otherwise; a write wants --env.',
  environments:
    'Where services run. In a guarded one whatever changes something wants the service’s name typed.',
  systems: 'Where the systems are, and how to get their tokens; never a token itself.',
  services: 'Services, by name. Above each: what it was put together from.',
};
const MOST_LISTED = 40;

export interface Writing {
  /** Systems that told nothing, each with the reason. */
  readonly silent: readonly string[];
  readonly date: string;
}

/** The whole file, with what every part is, where it came from and what is not certain. */
export function configText(answers: Answers, composition: Composition, { silent, date }: Writing): string {
  const { squads, roles, services } = composition;
  const document = new Document({
    ...(answers.practice === true ? { practice: true } : {}),
    tribe: answers.tribe,
    squads: squads.map(({ value }) => value),
    ...(Object.keys(roles).length === 0 ? {} : { roles }),
    default_environment: answers.default_environment,
    environments: answers.environments,
    systems: systemsOf(answers, composition),
    services: Object.fromEntries(Object.entries(services).map(([name, { value }]) => [name, value])),
  });
  document.commentBefore = [
    ` yaml-language-server: $schema=./${SCHEMA_FILE}`,
    ` Written by oncall init on ${date}; from now on it is yours. oncall doctor checks it, oncall config prints what is in force.`,
    ' Lines with “unsure” say what init would not decide.',
  ].join('\n');
  const root = document.contents;
  if (!isMap(root)) throw new Error('a configuration is a mapping');
  for (const pair of root.items) {
    const head = HEADS[keyText(pair)];
    if (head !== undefined) before(pair, [head], true);
  }
  const listed = document.get('squads');
  if (isSeq(listed)) {
    for (const [index, { doubts }] of squads.entries()) {
      const item = listed.items[index];
      if (isMap(item) && doubts.length > 0)
        item.commentBefore = comment(doubts.map((doubt) => `unsure: ${doubt}`));
    }
  }
  for (const pair of pairsIn(document.get('services'))) {
    const noted = services[keyText(pair)];
    if (noted === undefined) continue;
    const from = noted.from.length === 0 ? [] : [`from: ${noted.from.join(', ')}`];
    before(pair, [...from, ...noted.doubts.map((doubt) => `unsure: ${doubt}`)], false);
  }
  inOneLine(root);
  const tail = [
    ...(silent.length === 0
      ? []
      : ['Told nothing, so what they know is missing above: mend it, and run oncall init once more:']),
    ...silent.map((one) => `  ${one}`),
    ...leftOver(composition),
  ];
  if (tail.length > 0) document.comment = comment(tail);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function systemsOf({ systems }: Answers, { environmentNames }: Composition): object {
  return Object.fromEntries(
    Object.entries(systems).map(([name, settings]) => {
      const environments = environmentNames[name];
      return [name, environments === undefined ? settings : { ...settings, environments }];
    }),
  );
}

/** What was found and belongs nowhere. */
function leftOver({ withoutSquad, matching, others }: Composition): readonly string[] {
  const rest = matching.rest.map(({ kind, name }) => `${kind} ${name}`);
  const shown = rest.slice(0, MOST_LISTED);
  return [
    ...(withoutSquad.length === 0
      ? []
      : [`unsure: no squad is known of these, so they are not above: ${withoutSquad.join(', ')}`]),
    ...(others === 0 ? [] : [`${count(others, 'thing')} of other teams left out.`]),
    ...(rest.length === 0
      ? []
      : ['Found, and no part of a service above:', ...shown.map((one) => `  ${one}`)]),
    ...(rest.length > shown.length ? [`  and ${rest.length - shown.length} more`] : []),
  ];
}

/** Small mappings of plain values stand in one line, as a person would write them. */
function inOneLine(map: YAMLMap, depth = 0): void {
  for (const { value } of map.items) {
    if (!isMap(value)) continue;
    const isSmall = value.items.length <= 3 && value.items.every((pair) => isPlain(pair));
    if (isSmall && depth >= 2) value.flow = true;
    else inOneLine(value, depth + 1);
  }
}

function isPlain({ value }: Pair): boolean {
  if (isSeq(value)) return value.items.every((item) => isScalar(item));
  return isScalar(value);
}

function pairsIn(node: unknown): readonly Pair[] {
  return isMap(node) ? node.items : [];
}

function keyText({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function before({ key }: Pair, lines: readonly string[], apart: boolean): void {
  if (!isScalar(key) || lines.length === 0) return;
  key.commentBefore = comment(lines);
  key.spaceBefore = apart;
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${line}`).join('\n');
}
