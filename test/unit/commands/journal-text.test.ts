import { describe, expect, test } from 'vitest';
import { intentLines, journalLines } from '../../../src/commands/journal-text.ts';
import { painter } from '../../../src/text/paint.ts';
import { width } from '../../../src/text/width.ts';
import { EPOCH, journalIntent } from '../../component/story.ts';

const PLAIN = painter(false);
const rollback = journalIntent({
  id: 'mwtmmv6b681m',
  service: 'charge-central',
  from: '1.0.283',
  to: '1.0.282',
  origin: '10.0.0.7 50022 10.0.0.1 22',
  host: 'jump-1',
  history: [
    { state: 'planned', at: EPOCH, text: null },
    { state: 'sent', at: EPOCH + 1000, text: 'Sent: reading whether it was applied.' },
  ],
});
const ack = journalIntent({
  id: 'mwtmaaaa0001',
  action: 'acknowledge',
  state: 'confirmed',
  service: 'charge-central',
  environment: null,
  to: 'acknowledged',
  history: [{ state: 'confirmed', at: EPOCH, text: 'Acknowledged by Sam Okafor.' }],
});
const several = journalIntent({
  id: 'mwtmaaaa0002',
  action: 'reroute',
  state: 'unknown',
  service: null,
  environment: null,
  to: 'billing',
});

describe('the journal as text', () => {
  test('is a line an intent that fits 80 columns, newest last, states in words', () => {
    const lines = journalLines([ack, several, rollback], 80, PLAIN);
    expect(lines).toEqual([
      '11-17 03:12  mwtmaaaa0001  done       ack charge-central',
      '11-17 03:12  mwtmaaaa0002  not known  reroute several incidents → billing',
      '11-17 03:12  mwtmmv6b681m  under way  rollback charge-central prod → 1.0.282',
    ]);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
  });

  test('tells who did it and how it ended where there is room, and always in a pipe', () => {
    for (const columns of [0, 160]) {
      expect(journalLines([ack], columns, PLAIN)[0]).toBe(
        '2026-11-17 03:12 UTC  mwtmaaaa0001  done  ack charge-central  sam@harbour.example  Acknowledged by Sam Okafor.',
      );
    }
  });

  test('of one intent is all that is known of it', () => {
    expect(intentLines(rollback, PLAIN)).toEqual([
      'mwtmmv6b681m: rollback charge-central prod → 1.0.282',
      '  by: sam@harbour.example on jump-1, by SSH from 10.0.0.7 50022 10.0.0.1 22',
      '  from: 1.0.283',
      '  to: 1.0.282',
      '  2026-11-17T03:12:00Z  planned',
      '  2026-11-17T03:12:01Z  sent  Sent: reading whether it was applied.',
    ]);
  });
});
