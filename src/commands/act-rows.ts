import { TAKE_BACK } from '../actions/take-back.ts';
import type { CommandRow, OptionRow } from './row.ts';

const yes: OptionRow = { flags: '-y, --yes', help: 'do it without asking' };
const json: OptionRow = { flags: '--json', help: 'print JSON for programs (docs/contracts.md)' };
const incident = { name: '<id>', help: 'incident, as oncall incidents prints it' };
const incidents = { name: '<id...>', help: 'incidents, as oncall incidents prints them' };

const lower = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

/** Everything that changes the world, and what was changed. */
export const actRows: readonly CommandRow[] = [
  {
    name: 'ack',
    group: 'Act',
    help: 'Acknowledge incidents; already acknowledged is success',
    note: TAKE_BACK.acknowledge,
    arguments: [incidents],
    options: [{ ...yes, help: 'do it without asking (asked for more than one)' }],
    load: () => import('./ack.ts'),
  },
  {
    name: 'escalate',
    group: 'Act',
    help: 'Page the next level of an incident’s policy',
    note: TAKE_BACK.escalate,
    arguments: [incident],
    options: [yes],
    load: () => import('./escalate.ts'),
  },
  {
    name: 'reroute',
    group: 'Act',
    help: 'Give incidents to a squad; shows who will be paged first',
    note: TAKE_BACK.reroute,
    arguments: [{ name: '<id-and-squad...>', help: 'incidents, then the squad, or a duty such as owl' }],
    options: [yes],
    examples: [['oncall reroute Q1A2B3C4D5E6F7 billing', 'shows whom it pages, and asks']],
    load: () => import('./reroute.ts'),
  },
  {
    name: 'snooze',
    group: 'Act',
    help: 'Keep an incident quiet for a while',
    note: TAKE_BACK.snooze,
    arguments: [incident, { name: '<time>', help: 'such as 30m, 4h, 1d' }],
    options: [],
    load: () => import('./snooze.ts'),
  },
  {
    name: 'note',
    group: 'Act',
    help: 'Write a note on an incident',
    note: TAKE_BACK.note,
    arguments: [incident, { name: '<text...>', help: 'what everybody should know' }],
    options: [],
    load: () => import('./note.ts'),
  },
  {
    name: 'resolve',
    group: 'Act',
    help: 'Resolve incidents',
    note: TAKE_BACK.resolve,
    arguments: [incidents],
    options: [
      { ...yes, help: 'one incident: do it without asking' },
      { flags: '--confirm <word>', help: 'several: the word resolve does it without asking' },
    ],
    examples: [['oncall resolve Q1A2B3 Q4C5D6 --confirm resolve', 'several, from a script']],
    load: () => import('./resolve.ts'),
  },
  {
    name: 'rollback',
    group: 'Act',
    help: 'Put an earlier version back: plan, checks, run, watch, verify',
    note: `${TAKE_BACK.rollback} With --cancel: ${lower(TAKE_BACK.cancel_update)} With --continue: ${lower(TAKE_BACK.continue_rollback)}`,
    arguments: [{ name: '<service>', help: 'as it is named in the config' }],
    options: [
      { flags: '--to <version>', help: 'default: the last version that was healthy' },
      { flags: '--env <name>', help: 'environment; needed when the service has several' },
      { flags: '--cancel', help: 'cancel the update that is under way; the version before stays' },
      { flags: '--continue', help: 'continue a rollback that is stuck (UPDATE_ROLLBACK_FAILED)' },
      { flags: '--plan', help: 'show what would be done and judge it; executes nothing' },
      { flags: '--accept <checks>', help: 'warnings to accept, separated by commas' },
      { flags: '--confirm <service>', help: 'the service’s name: do it without asking' },
      { flags: '--override-freeze <reason>', help: 'go on in spite of a freeze window, and say why' },
      { flags: '--incident <id>', help: 'note it there (default: its newest open incident)' },
      { ...json, help: 'with --plan: print JSON for programs (docs/contracts.md)' },
    ],
    examples: [
      ['oncall rollback charge-central --env prod --plan', 'look first'],
      ['oncall rollback charge-central --env prod --confirm charge-central', 'do it'],
      ['oncall rollback charge-central --env prod --cancel', 'the bad deploy is still under way'],
    ],
    load: () => import('./rollback.ts'),
  },
  {
    name: 'signal',
    group: 'Act',
    help: 'Acknowledge a signal, put it into downtime, or assign a ticket to a squad',
    note: 'ack stops it from calling anybody until it is well again; downtime silences it for that long, whatever happens. Both can be taken back in their own system only; a ticket can be assigned back.',
    arguments: [
      { name: '<do>', help: 'ack, downtime or assign' },
      { name: '<signal>', help: 'SYSTEM:ID, as oncall signals prints it' },
      { name: '[what]', help: 'of downtime how long (2h), of assign the squad' },
    ],
    options: [
      { ...yes, help: 'not guarded: do it without asking' },
      { flags: '--confirm <service>', help: 'guarded: the service’s name does it without asking' },
      { flags: '--env <name>', help: 'environment in which it was seen' },
    ],
    examples: [
      ["oncall signal downtime 'nagios:web-1;disk' 2h", 'it is known, and can wait'],
      ['oncall signal assign zendesk:4711 billing', 'the squad that should answer'],
    ],
    load: () => import('./signal.ts'),
  },
  {
    name: 'unblock',
    group: 'Act',
    help: 'Let a deploy go on that waits for a person',
    note: TAKE_BACK.unblock_deploy,
    arguments: [{ name: '<service>', help: 'as it is named in the config' }],
    options: [
      { flags: '--to <version>', help: 'which one, where several wait' },
      { flags: '--env <name>', help: 'environment; needed when the service has several' },
      { flags: '--accept <checks>', help: 'warnings to accept, separated by commas' },
      { ...yes, help: 'not guarded: do it without asking' },
      { flags: '--confirm <service>', help: 'guarded: the service’s name does it without asking' },
      { flags: '--override-freeze <reason>', help: 'go on in spite of a freeze window, and say why' },
    ],
    load: () => import('./unblock.ts'),
  },
  {
    name: 'attach',
    group: 'Act',
    help: 'Follow what is under way to its end, after a lost terminal',
    arguments: [{ name: '[intent]', help: 'as oncall journal prints it (default: the only one)' }],
    options: [],
    load: () => import('./attach.ts'),
  },
  {
    name: 'journal',
    group: 'Act',
    help: 'What was done from here, and how it ended',
    arguments: [{ name: '[intent]', help: 'all that is known of one (default: a line of each)' }],
    options: [json],
    load: () => import('./journal.ts'),
  },
];
