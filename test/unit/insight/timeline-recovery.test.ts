import { expect, test } from 'vitest';
import { errorCalm } from '../../../src/insight/error-calm.ts';
import type { TimelineFacts, TimelineIntent } from '../../../src/insight/timeline/facts.ts';
import { recoveryOf } from '../../../src/insight/timeline/recovery.ts';
import { timeline } from '../../../src/insight/timeline/timeline.ts';
import type { LogEntry } from '../../../src/model/incident.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogLine } from '../../../src/model/log-line.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { deploy, incident, NOW } from './cast.ts';

const TRIGGER = NOW - 4 * MINUTE;

function line(at: number, version = '1.0.283'): LogLine {
  return {
    id: `${at}`,
    at,
    indexedAt: at,
    level: 'error',
    message: ownText('boom'),
    service: 'charge-central',
    instance: null,
    version: ownText(version),
    fields: {},
    late: false,
  };
}

function entry(kind: string, at: number, text = kind): LogEntry {
  return { kind: ownText(kind), text: ownText(text), by: ownText('Sam Okafor'), at };
}

function intent(action: string, at: number, own: Partial<TimelineIntent> = {}): TimelineIntent {
  return {
    id: `m${at}`,
    action,
    service: 'charge-central',
    environment: 'prod',
    from: '1.0.283',
    to: '1.0.282',
    who: 'sam@harbour.example',
    incident: 'Q1',
    token: null,
    at,
    history: [
      { state: 'planned', at, text: null },
      { state: 'confirmed', at: at + 6 * MINUTE, text: 'well again' },
    ],
    ...own,
  };
}

const FACTS: TimelineFacts = {
  incident: incident('Q1'),
  log: [entry('trigger', TRIGGER)],
  notes: [],
  deploys: [
    deploy('1.0.283', NOW - 16 * MINUTE, NOW - 10 * MINUTE),
    deploy('1.0.282', NOW - HOUR, NOW - HOUR),
  ],
  updates: [],
  activities: [],
  changes: [],
  intents: [],
  onset: null,
  calm: null,
  marks: [],
};

const OPEN = { acknowledgedAt: null, mitigatedAt: null, mitigatedBy: null, resolvedAt: null };
const back = deploy('1.0.282', NOW + MINUTE, NOW + 7 * MINUTE);

test.each<[string, Partial<TimelineFacts>, object]>([
  ['nothing was done yet', {}, OPEN],
  [
    'acknowledged and resolved',
    {
      incident: incident('Q1', { status: 'resolved' }),
      log: [
        entry('acknowledge', NOW),
        entry('acknowledge', NOW + MINUTE),
        entry('resolve', NOW + 2 * MINUTE),
        entry('resolve', NOW + 9 * MINUTE),
      ],
    },
    { ...OPEN, acknowledgedAt: NOW, resolvedAt: NOW + 9 * MINUTE },
  ],
  ['resolved once, and open again', { log: [entry('resolve', NOW)] }, OPEN],
  [
    'the errors ended: better than what a rollback says',
    { calm: { line: line(NOW + 5 * MINUTE), source: 'splunk' }, intents: [intent('rollback', NOW)] },
    { ...OPEN, mitigatedAt: NOW + 5 * MINUTE, mitigatedBy: 'errors_ended' },
  ],
  [
    'the instances were seen healthy',
    { intents: [intent('rollback', NOW)], deploys: [back, ...FACTS.deploys] },
    { ...OPEN, mitigatedAt: NOW + 6 * MINUTE, mitigatedBy: 'healthy' },
  ],
  [
    'a rollback of another host',
    { deploys: [back, ...FACTS.deploys] },
    { ...OPEN, mitigatedAt: NOW + 7 * MINUTE, mitigatedBy: 'rolled_back' },
  ],
  [
    'a deploy of something new is no rollback',
    { deploys: [deploy('2', NOW, NOW + 1), ...FACTS.deploys] },
    OPEN,
  ],
  [
    'a rollback that was cancelled mended nothing',
    { intents: [intent('cancel_update', NOW, { from: '1.0.282', to: '1.0.283' })] },
    OPEN,
  ],
  [
    'the bad deploy was cancelled',
    { intents: [intent('cancel_update', NOW)] },
    { ...OPEN, mitigatedAt: NOW + 6 * MINUTE, mitigatedBy: 'healthy' },
  ],
])('recovery: %s', (_name, facts, wanted) => {
  expect(recoveryOf({ ...FACTS, ...facts })).toEqual({ triggeredAt: TRIGGER, ...wanted });
});

test('without the incident there is nothing to count from', () => {
  expect(recoveryOf({ ...FACTS, incident: null, log: null })).toBeNull();
});

const every = (seconds: number, count: number, from = NOW) =>
  Array.from({ length: count }, (_, index) => line(from + index * seconds * SECOND));

test.each<[string, readonly LogLine[], number | null]>([
  ['no lines', [], null],
  ['now and then', every(30, 20), null],
  ['a burst', every(1, 5), NOW + 4 * SECOND],
  ['two bursts', [...every(1, 9), ...every(1, 6, NOW + HOUR)], NOW + HOUR + 5 * SECOND],
  ['a burst, then one now and then', [...every(1, 9), line(NOW + HOUR)], NOW + 8 * SECOND],
  ['another version', [...every(1, 5), line(NOW + 6 * SECOND, '1.0.282')], NOW + 4 * SECOND],
])('the last burst of errors: %s', (_name, lines, at) => {
  expect(errorCalm(lines, '1.0.283')?.at ?? null).toBe(at);
});

test('commands of ours within one second stay in the order in which they were given', () => {
  const light = (action: string, at: number) =>
    intent(action, at, { environment: null, history: [{ state: 'failed', at, text: action }] });
  const intents = [light('acknowledge', NOW + 900), light('note', NOW + 100), light('resolve', NOW + 1_200)];
  const events = timeline({ ...FACTS, deploys: [], log: [], intents });
  expect(events.map(({ text }) => text)).toEqual(['acknowledge', 'note', 'resolve']);
  expect(events.map(({ at }) => at)).toEqual([NOW + 900, NOW + 900, NOW + 1_200]);
});

test('what has the same second stays in the order of cause: deploy, log, page', () => {
  const onset = { line: line(TRIGGER + 10), source: 'splunk' };
  const deploys = [deploy('2', TRIGGER + 900, null)];
  const events = timeline({ ...FACTS, deploys, onset });
  expect(events.map(({ kind }) => kind)).toEqual(['deploy_start', 'log_onset', 'trigger']);
});

test('the ways of one page are one line; so much later it is another page', () => {
  const log = [
    entry('notify', TRIGGER, 'Notified Sam Okafor by push'),
    entry('notify', TRIGGER + SECOND, 'Notified Sam Okafor by sms'),
    entry('notify', TRIGGER + SECOND, 'Notified Sam Okafor by sms'),
    entry('notify', TRIGGER + HOUR, 'Notified Mei Tanaka by sms'),
    entry('notify', TRIGGER + HOUR, 'Called Luca Moretti'),
  ];
  expect(timeline({ ...FACTS, deploys: [], log }).map(({ text }) => text)).toEqual([
    'Notified Sam Okafor by push, sms, sms',
    'Notified Mei Tanaka by sms; Called Luca Moretti',
  ]);
});

test('a note that says what the journal says is not told twice; our mark is not shown', () => {
  const note = (text: string) => ({ id: 'N', text: ownText(text), by: ownText('Sam Okafor'), at: NOW });
  const done = intent('rollback', NOW, { id: 'm3k9' });
  const events = timeline({
    ...FACTS,
    deploys: [],
    log: [],
    notes: [note('Begun, from vm. [oncall m3k9 begun]'), note('Rolled back. well again [oncall m3k9]')],
    intents: [done],
  });
  expect(events.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'note: Begun, from vm.',
    'rollback_confirmed: well again',
  ]);
});
