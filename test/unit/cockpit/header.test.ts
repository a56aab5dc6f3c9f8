import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeaderFacts, headerLine } from '../../../src/cockpit/widgets/header-lines.ts';
import { lineColumns, lineText } from '../../../src/cockpit/widgets/line.ts';
import { localNow, MINUTE, SECOND } from '../../../src/model/instant.ts';
import { unread } from '../../../src/model/reading.ts';
import type { SystemHealth } from '../../../src/model/system-health.ts';
import { CATALOG, SAM, STORY } from '../../component/story.ts';

const NOW = localNow();
const NAMES = ['pagerduty', 'splunk', 'aws', 'docker'];

function health(name: string, ok: boolean | null, ageMs: number | null): SystemHealth {
  return { name, ok, lastOkAt: ageMs === null ? null : NOW - ageMs, error: null, retryAt: null };
}

function header(systems: readonly SystemHealth[], changes: Partial<HeaderFacts> = {}): string {
  const until = NOW + 9 * 60 * MINUTE;
  const read = { takenAt: NOW, receivedAt: NOW, error: null };
  return lineText(
    headerLine({
      catalog: CATALOG,
      environment: 'prod',
      incidents: { ...unread('pagerduty'), ...read, value: STORY },
      onCall: {
        ...unread('pagerduty'),
        ...read,
        value: [{ escalationPolicy: 'EPOwl', level: 1, person: SAM, schedule: null, until }],
      },
      systems,
      isMe: () => true,
      work: [],
      readOnly: false,
      now: NOW,
      width: 120,
      ...changes,
    }),
  );
}

const age = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => minutes * MINUTE);
const anyHealth = (name: string) =>
  fc.oneof(
    fc.constant(health(name, null, null)),
    age.map((ms) => health(name, true, ms)),
    age.map((ms) => health(name, false, ms)),
    fc.constant(health(name, false, null)),
  );

describe('the header', () => {
  it('never moves a system while all that change are the ages of those that are well', () => {
    const well = (name: string) =>
      fc.oneof(age, fc.constant(null)).map((ms) => health(name, ms !== null || null, ms));
    const columns = (text: string) =>
      ['pd', 'splunk', 'aws', 'docker'].map((name) => text.indexOf(` ${name} `));
    const expected = columns(header(NAMES.map((name) => health(name, true, 0))));
    expect(Math.min(...expected)).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.tuple(...NAMES.map(well)), (systems) => {
        expect(columns(header(systems))).toEqual(expected);
      }),
    );
  });

  it('is exactly as wide as the screen and cuts no system, at any width and in any state', () => {
    fc.assert(
      fc.property(
        fc.tuple(...NAMES.map(anyHealth)),
        fc.integer({ min: 60, max: 200 }),
        fc.constantFrom([], [{ action: 'rollback' as const, service: 'charge-central' }]),
        (systems, width, work) => {
          const text = header(systems, { width, work });
          expect(lineColumns([{ text }])).toBe(width);
          const unwell = systems.filter(({ ok }) => ok === false);
          const told = unwell.every(({ name }) => text.includes(` ${name === 'pagerduty' ? 'pd' : name} `));
          if (width >= 64 && unwell.length > 0)
            expect(told || text.includes(`${unwell.length} system`)).toBe(true);
        },
      ),
    );
  });

  it('says less where it gets narrow: all that are well in a word, then only those that are not', () => {
    const well = NAMES.map((name) => health(name, true, 0));
    const down = [...well.slice(0, 3), health('docker', false, 3 * MINUTE)];
    expect(header(well)).toContain('pd ok   splunk ok   aws ok   docker ok');
    expect(header(well, { width: 80 })).toMatch(/Owl: you, until [\d:]+ +all ok $/);
    expect(header(down)).toContain('docker STALE 3m');
    expect(header(down, { width: 80 })).toMatch(/1 acked +docker STALE 3m +$/);
    expect(header([health('aws', null, null), ...well.slice(1)], { width: 80 })).toMatch(/ 3 ok $/);
    const many = [
      ...down,
      ...['nagios', 'newrelic', 'github', 'slack', 'zendesk'].map((name) => health(name, null, null)),
    ];
    expect(header(many)).toMatch(/docker STALE 3m +3 ok $/);
    expect(header([health('aws', true, 40 * SECOND)])).toContain('aws 30s');
  });

  it('shows read-only mode and the work that goes on, in its own words', () => {
    const work = [{ action: 'rollback', service: 'charge-central' }] as const;
    expect(header([], { readOnly: true, work })).toMatch(/READ-ONLY .*rolling back charge-central/);
    expect(header([], { work: [{ action: 'cancel_update', service: 'mailer' }] })).toContain(
      'cancelling mailer',
    );
    expect(header([], { work: [{ action: 'continue_rollback', service: 'mailer' }] })).toContain(
      'continuing mailer',
    );
  });
});
