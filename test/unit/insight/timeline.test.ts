import { expect, test } from 'vitest';
import { errorOnset } from '../../../src/insight/error-onset.ts';
import type { TimelineFacts, TimelineIntent } from '../../../src/insight/timeline/facts.ts';
import { timeline } from '../../../src/insight/timeline/timeline.ts';
import type { LogEntry } from '../../../src/model/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogLevel, LogLine } from '../../../src/model/log-line.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { deploy, incident, NOW } from './cast.ts';

const TRIGGER = NOW - 4 * MINUTE;

function entry(kind: string, at: number, text = kind): LogEntry {
  return { kind: ownText(kind), text: ownText(text), by: ownText('Sam Okafor'), at };
}

function line(at: number, level: LogLevel = 'error', version: string | null = '1.0.283'): LogLine {
  return {
    id: `${at}`,
    at,
    indexedAt: at,
    level,
    message: ownText('NoMethodError'),
    service: 'charge-central',
    instance: ownText('i-1'),
    version: version === null ? null : ownText(version),
    fields: {},
    late: false,
  };
}

function rollback(at: number, ...states: readonly string[]): TimelineIntent {
  return {
    id: 'm3k9',
    action: 'rollback',
    service: 'charge-central',
    environment: 'prod',
    from: '1.0.283',
    to: '1.0.282',
    who: 'sam@harbour.example',
    incident: 'Q1',
    token: 'oncall-sam-m3k9',
    at,
    history: states.map((state, index) => ({ state, at: at + index * MINUTE, text: `${state}.` })),
  };
}

const ack = (...states: readonly string[]): TimelineIntent => ({
  ...rollback(NOW, ...states),
  action: 'acknowledge',
  environment: null,
});

const EMPTY: TimelineFacts = {
  incident: incident('Q1'),
  log: [],
  notes: [],
  deploys: [],
  intents: [],
  updates: [],
  activities: [],
  changes: [],
  onset: null,
  calm: null,
  marks: [],
};

const told = (facts: Partial<TimelineFacts>) =>
  timeline({ ...EMPTY, ...facts }).map(({ kind, source }) => `${source}: ${kind}`);

const bad = deploy('1.0.283', NOW - 16 * MINUTE, NOW - 10 * MINUTE);
const good = deploy('1.0.282', NOW - 25 * HOUR, NOW - 25 * HOUR + 6 * MINUTE);
const back = deploy('1.0.282', NOW + MINUTE, NOW + 7 * MINUTE);

test('a whole night, in the order in which it happened', () => {
  const events = timeline({
    ...EMPTY,
    incident: incident('Q1', { url: ownText('https://pd.example/Q1') }),
    log: [
      entry('trigger', TRIGGER, 'Triggered through the API'),
      entry('notify', TRIGGER + SECOND),
      entry('annotate', NOW),
      entry('acknowledge', NOW),
    ],
    notes: [{ id: 'N', text: ownText('looking'), by: ownText('Sam Okafor'), at: NOW }],
    deploys: [back, bad, good],
    intents: [rollback(NOW + MINUTE, 'planned', 'sending', 'sent', 'confirmed')],
    onset: { line: line(NOW - 9 * MINUTE), source: 'splunk' },
  });
  expect(events.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'deploy_start: Deploy of charge-central 1.0.283 in prod (#412) began',
    'deploy_end: Deploy of charge-central 1.0.283 in prod (#412) succeeded',
    'log_onset: First of many errors on i-1: NoMethodError',
    'trigger: 5xx above 2% (high)',
    'page: notify',
    'ack: acknowledge',
    'note: looking',
    'rollback_start: Rollback to charge-central 1.0.282 in prod (#412) began',
    'rollback_confirmed: confirmed.',
    'rollback_end: Rollback to charge-central 1.0.282 in prod (#412) succeeded',
  ]);
  expect(events.find(({ kind }) => kind === 'trigger')?.url).toBe('https://pd.example/Q1');
});

test.each<[string, Partial<TimelineFacts>, readonly string[]]>([
  ['nothing at all', {}, []],
  ['a deploy of yesterday is no part of it', { deploys: [good] }, []],
  ['a deploy that goes on has no end', { deploys: [deploy('2', NOW, null)] }, ['aws: deploy_start']],
  [
    'the same version again is no rollback',
    { deploys: [deploy('1.0.283', NOW, null), bad] },
    ['aws: deploy_start', 'aws: deploy_end', 'aws: deploy_start'],
  ],
  [
    'a failed deploy of that version was never there to go back to',
    { deploys: [deploy('3', NOW, null), bad, deploy('3', NOW - 26 * HOUR, NOW - 26 * HOUR, 'failed')] },
    ['aws: deploy_start', 'aws: deploy_end', 'aws: deploy_start'],
  ],
  [
    'what PagerDuty calls by a name that we do not know stays',
    { log: [entry('merge', NOW), entry('constructor', NOW)] },
    ['pagerduty: merge', 'pagerduty: constructor'],
  ],
  [
    'an acknowledgement that got through is in PagerDuty’s log',
    { intents: [ack('planned', 'sending', 'sent', 'confirmed')] },
    [],
  ],
  [
    'one that did not is in the journal alone',
    { intents: [ack('planned', 'sending', 'failed')] },
    ['journal: acknowledge_failed'],
  ],
  [
    'with PagerDuty down the journal tells',
    { incident: null, log: null, intents: [ack('planned', 'sending', 'sent', 'confirmed')] },
    ['journal: acknowledge_confirmed'],
  ],
  [
    'a rollback that CloudFormation does not tell yet',
    { intents: [rollback(NOW, 'planned', 'sending', 'sent')] },
    ['journal: rollback_sent'],
  ],
  [
    'a rollback of another day',
    { intents: [rollback(NOW - 5 * HOUR, 'planned', 'sending', 'sent', 'confirmed')] },
    [],
  ],
  [
    'what came long after the end',
    {
      incident: incident('Q1', { status: 'resolved' }),
      log: [entry('resolve', NOW)],
      deploys: [deploy('2', NOW + 2 * HOUR, null)],
    },
    ['pagerduty: resolve'],
  ],
])('%s', (_name, facts, expected) => {
  expect(told(facts)).toEqual(expected);
});

const every = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => line(NOW + index * seconds * SECOND));

test.each<[string, readonly LogLine[], number | null]>([
  ['no lines', [], null],
  ['errors now and then', every(30, 20), null],
  ['too few', every(1, 4), null],
  ['a burst', every(1, 5), NOW],
  ['a burst after errors now and then', [line(NOW - HOUR), ...every(1, 5)], NOW],
  ['warnings are no errors', every(1, 9).map((each) => ({ ...each, level: 'warn' })), null],
  ['another version', every(1, 9).map((each) => ({ ...each, version: ownText('1.0.282') })), null],
  ['no version named', every(1, 9).map((each) => ({ ...each, version: null })), NOW],
])('the first burst of errors: %s', (_name, lines, at) => {
  expect(errorOnset(lines, '1.0.283')?.at ?? null).toBe(at);
});
