import { expect, test } from 'vitest';
import type { ActionRequest, JournalIntent } from '../../../src/actions/types.ts';
import { warnOfEarlier } from '../../../src/commands/write/earlier.ts';
import { FakeActions } from '../../component/fakes.ts';
import { journalIntent } from '../../component/story.ts';

const rollback = journalIntent({ id: 'intent-7', service: 'charge-central', incident: 'Q1' });
const note = journalIntent({
  id: 'intent-8',
  action: 'note',
  service: 'mailer',
  environment: null,
  incident: 'Q3',
});

async function warned(request: ActionRequest, service: string | null, ...left: readonly JournalIntent[]) {
  const actions = new FakeActions();
  actions.left.push(...left);
  let said = '';
  const stderr = {
    isTerminal: false,
    columns: 0,
    rows: 0,
    color: false,
    write: (text: string) => {
      said += text;
    },
  };
  const plan = { ...(await actions.plan(request)), service };
  await warnOfEarlier({ stderr, configFile: '/etc/oncall/oncall.yaml' }, actions, plan);
  return said;
}

const ATTACH = 'oncall --config /etc/oncall/oncall.yaml attach';
const ROLLBACK = `oncall: an earlier rollback of charge-central has not ended for all we know: ${ATTACH} intent-7\n`;

test.each<[string, ActionRequest, string | null, readonly JournalIntent[], string]>([
  ['the same service', { action: 'acknowledge', incidents: ['Q9'] }, 'charge-central', [rollback], ROLLBACK],
  ['the same incident', { action: 'resolve', incidents: ['Q2', 'Q1'] }, null, [rollback], ROLLBACK],
  [
    'the newest of several, in one line',
    { action: 'note', incident: 'Q1', text: 'x' },
    'charge-central',
    [journalIntent({ id: 'intent-6', service: 'charge-central' }), note, rollback],
    ROLLBACK,
  ],
  [
    'one of its own incident',
    { action: 'note', incident: 'Q3', text: 'x' },
    'mailer',
    [note],
    `oncall: an earlier note on mailer has not ended for all we know: ${ATTACH} intent-8\n`,
  ],
  ['another service', { action: 'acknowledge', incidents: ['Q2'] }, 'ledger-api', [rollback], ''],
  [
    'another environment',
    { action: 'rollback', service: 'charge-central', environment: 'test' },
    'charge-central',
    [rollback],
    '',
  ],
  ['nothing unfinished', { action: 'acknowledge', incidents: ['Q1'] }, 'charge-central', [], ''],
])('%s', async (_name, request, service, left, says) => {
  expect(await warned(request, service, ...left)).toBe(says);
});
