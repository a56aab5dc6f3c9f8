import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begunIn, begunNote, placeOf } from '../../../src/insight/begun-note.ts';
import type { Note } from '../../../src/model/incident.ts';
import { ownText, safeText } from '../../../src/model/safe-text.ts';

const note = (text: string): Note => ({ id: 'N1', text: safeText(text), by: ownText('Sam'), at: 0 });
const BEGUN = { who: 'sam@harbour.example', place: '10.1.2.3 on jump-1', from: '1.0.283', to: '1.0.282' };
const told = begunNote({ ...BEGUN, what: 'Rolling charge-central in prod', intent: 'm3k9' });

test('what is noted at the beginning is read back by whoever comes second', () => {
  expect(told).toBe(
    'Rolling charge-central in prod from 1.0.283 to 1.0.282: begun by sam@harbour.example from 10.1.2.3 on jump-1. [oncall m3k9 begun]',
  );
  expect(begunIn([note('unrelated'), note(told)], 'm3k9')).toEqual(BEGUN);
});

test('another intent, the note of its end, or words of somebody else tell nothing', () => {
  expect(begunIn([note(told)], 'm3k8')).toBeNull();
  expect(begunIn([note(told.replace(' begun]', ']'))], 'm3k9')).toBeNull();
  expect(begunIn([note('see [oncall m3k9 begun]')], 'm3k9')).toBeNull();
});

test('whatever stands in notes, reading them ends and gives what was written', () => {
  const word = fc.stringMatching(/^[\w.@-]{1,20}$/);
  fc.assert(
    fc.property(word, word, word, word, fc.array(fc.string()), (who, from, to, host, others) => {
      const place = placeOf('10.1.2.3 50000 10.0.0.1 22', host);
      const text = begunNote({ who, from, to, place, what: 'Rolling a in prod', intent: 'm1' });
      expect(begunIn([...others.map(note), note(text)], 'm1')).toEqual({ who, from, to, place });
    }),
  );
});

test.each([
  ['10.1.2.3 50000 10.0.0.1 22', 'jump-1', '10.1.2.3 on jump-1'],
  ['fe80::1%eth0 50000 fe80::2 22', 'jump-1', 'fe80::1%eth0 on jump-1'],
  [null, 'laptop', 'laptop'],
  ['\u001b[2J 1 2 3', 'jump-1', 'jump-1'],
  ['10.1.2.3 1 2 3', null, '10.1.2.3 on an unknown machine'],
])('%j, %j: %s', (origin, host, place) => {
  expect(placeOf(origin, host)).toBe(place);
});
