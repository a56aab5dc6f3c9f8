import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { DORA, EPOCH, incident, STORY } from './story.ts';

const WIDE = { columns: 120, rows: 40 };

describe('the screen', () => {
  it('tells in 80 columns whose an incident is, before and after a re-route', async () => {
    const sitting = new Sitting({ screen: { columns: 80, rows: 24 } });
    await sitting.sees(/charge-central .*HIGH @me/);
    const [first, ...others] = STORY;
    if (first === undefined) throw new Error('the story has no incident');
    sitting.watch.incidentList.set([{ ...first, assignees: [DORA] }, ...others]);
    await sitting.sees(/charge-central .*HIGH @dora/);
  });

  it('shows a status and an urgency that are not known as they are', async () => {
    const sitting = new Sitting({ screen: { columns: 80, rows: 24 } });
    await sitting.sees(/charge-central .*HIGH @me/);
    const [first, ...others] = STORY;
    if (first === undefined) throw new Error('the story has no incident');
    const odd = { ...first, status: safeText('paused'), urgency: safeText('severe') };
    sitting.watch.incidentList.set([odd, ...others]);
    await sitting.sees(/charge-central .*paused severe/);
  });

  it('ties the panes to the chosen incident', async () => {
    const sitting = new Sitting({ screen: WIDE });
    await sitting.sees('PRACTICE');
    await sitting.sees('2 triggered 1 acked');
    await sitting.sees('Owl: you, until 09:00');
    await sitting.sees(/pd ok .*splunk ok .*aws ok/);
    await sitting.sees(/▶ ● 4m +charge-central +5xx above 2% +HIGH/);
    await sitting.sees(/SUSPECT 1\.0\.283 +6m before trigger +dora +#412 +runs +5m43s/);
    await sitting.sees('1.0.283  2/2 InService  1 unhealthy');
    await sitting.sees('charge-central restarting (7)');
    await sitting.sees('NoMethodError');
    await sitting.press('j');
    await sitting.sees('2 Deploys ─ ledger-api');
    await sitting.sees('4 Logs ─ ledger-api');
  });

  it('says so when nothing burns', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set([]);
    const sitting = new Sitting({ watch });
    await sitting.sees('All clear');
    await sitting.sees('0 triggered');
  });

  it('keeps the last state of a pane whose system fails, with the reason', async () => {
    const sitting = new Sitting();
    await sitting.sees('SUSPECT');
    sitting.watch
      .deploys('charge-central', 'prod')
      .fail(new Failure('aws', 'timeout', 'AWS did not answer in 10 s'));
    await sitting.sees('AWS did not answer in 10 s');
    await sitting.sees('SUSPECT');
    await sitting.sees(/2 Deploys ─ charge-central ─ STALE/);
  });

  it('blames the same deploy whatever a filter hides', async () => {
    const sitting = new Sitting();
    await sitting.sees('SUSPECT 1.0.283');
    await sitting.press('2', '/');
    await sitting.types('1.0.282');
    await sitting.press('Enter');
    await sitting.seesNoMore('1.0.283   6m before');
    expect(sitting.text).not.toContain('SUSPECT 1.0.282');
  });

  it('opens an incident and comes back', async () => {
    const sitting = new Sitting({ screen: WIDE });
    sitting.watch.incident('Q1').set({
      incident: incident('Q1'),
      alerts: [
        {
          summary: safeText('5xx above 2%'),
          severity: safeText('critical'),
          at: EPOCH,
          details: [[safeText('value'), safeText('11.4%')]],
        },
      ],
      notes: [{ id: 'N1', text: safeText('looking'), by: safeText('Sam Okafor'), at: EPOCH }],
      log: [
        {
          kind: safeText('notify'),
          text: safeText('Sam Okafor was phoned'),
          by: safeText('PagerDuty'),
          at: EPOCH,
        },
      ],
      wholeLog: true,
    });
    await sitting.press('Enter');
    await sitting.sees('11.4%');
    await sitting.press('j', 'j', 'j');
    await sitting.sees('Sam Okafor: looking');
    await sitting.press('j', 'j', 'j', 'j', 'j', 'j', 'j');
    await sitting.sees('Sam Okafor was phoned');
    await sitting.press('Escape');
    await sitting.sees('1 Incidents ─ 3');
  });
});

describe('other sizes', () => {
  it('shows one pane and summaries at 80×24', async () => {
    const sitting = new Sitting({ screen: { columns: 80, rows: 24 } });
    await sitting.sees('2 Deploys ─ charge-central ─ SUSPECT 1.0.283');
    await sitting.sees('3 Fleet ─ charge-central ─ 1 unhealthy ─ 1.0.283 2/2 InService');
    await sitting.press('4');
    await sitting.sees('NoMethodError');
    await sitting.sees(/1 Incidents ─ 3 ─ charge-central: 5xx/);
  });

  it('says the most telling first where even a summary is too long', async () => {
    const sitting = new Sitting({ screen: { columns: 60, rows: 15 } });
    await sitting.sees('2 Deploys ─ charge-central ─ SUSPECT 1.0.283 ──');
    await sitting.sees('3 Fleet ─ charge-central ─ 1 unhealthy ──');
    await sitting.sees('4 Logs ─ charge-central ─ live, lag 2s ─ 1 error in 1m ──');
  });

  it('zooms the focused pane', async () => {
    const sitting = new Sitting();
    await sitting.press('3', 'z');
    await sitting.seesNoMore('1 Incidents');
    await sitting.press('z');
    await sitting.sees('1 Incidents');
  });

  it.each([
    [200, 60],
    [120, 40],
    [100, 30],
    [99, 30],
    [80, 24],
    [60, 15],
    [40, 10],
    [39, 9],
    [20, 3],
    [1, 1],
  ])('fits %i×%i exactly, with every dialog open', async (columns, rows) => {
    const sitting = new Sitting({ screen: WIDE });
    await sitting.sees('PRACTICE');
    sitting.resize(columns, rows);
    for (const keys of [[], ['?'], ['Escape', ':'], ['Escape', 'r'], ['Escape', 'z'], ['4', 'w']]) {
      await sitting.press(...keys);
      expect(sitting.lines.length).toBeLessThanOrEqual(rows);
      for (const line of sitting.lines) expect(stringWidth(line.trimEnd())).toBeLessThanOrEqual(columns);
    }
  });
});

describe('untrusted text', () => {
  it('never reaches the terminal as anything but glyphs', async () => {
    const hostile =
      '\x1b]52;c;ZXZpbA==\x07\x1b[8mhidden\x1b[0m\u202Eevil\u2028two\u{E0041}\u0000\x9b31m\r\nend\ttab';
    const watch = new FakeWatch();
    watch.incidentList.set([incident('Q1', { title: safeText(hostile) }), ...STORY.slice(1)]);
    const sitting = new Sitting({ watch });
    await sitting.press('z');
    await sitting.sees('evil');
    await sitting.press('y');
    await sitting.sees('Copied');
    await sitting.press('Enter');
    await sitting.sees('1 Incident ─');
    expect([...plain(sitting.drawn)].filter(isUnprintable)).toEqual([]);
    expect(sitting.drawn).not.toContain('\x1b[8m');
    expect(sitting.copied.join('')).not.toContain('\x1b');
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: Ink's own escapes are taken away before looking.
const ESCAPES = /\x1b\[[0-9;?]*[a-zA-Z]/g;

function plain(drawn: string): string {
  return drawn.replace(ESCAPES, '');
}

function isUnprintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return false;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x202e || code === 0x2028 || code > 0xe0000;
}
