import { expect, test } from 'vitest';
import { markdownLink, markdownText } from '../../../src/text/markdown.ts';
import { painter } from '../../../src/text/paint.ts';
import { postMortem, type TimelineHead } from '../../../src/text/post-mortem.ts';
import { recoveryText, type TimelineLine, timelineLines } from '../../../src/text/timeline.ts';
import { width } from '../../../src/text/width.ts';

const AT = Date.UTC(2026, 10, 17, 23, 59, 58);
const plain = painter(false);

function event(text: string, own: Partial<TimelineLine> = {}): TimelineLine {
  return { at: AT, kind: 'note', who: 'Sam', text, source: 'pagerduty', url: null, ...own };
}

test.each([
  ['a | b', String.raw`a \| b`],
  ['`rm -rf`', String.raw`\`rm -rf\``],
  ['[click](javascript:alert(1))', String.raw`\[click\](javascript:alert(1))`],
  ['![x](y)', String.raw`\!\[x\](y)`],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['**bold** _it_ ~~no~~', String.raw`\*\*bold\*\* \_it\_ \~\~no\~\~`],
  ['see https://evil.example/a', 'see https&#58;//evil.example/a'],
  ['WWW.evil.example', 'WWW&#46;evil.example'],
  ['ask @harbour/everyone now', 'ask `@harbour/everyone` now'],
  ['sam@harbour.example', 'sam@harbour.example'],
  ['(#412)', '(`#412`)'],
  ['# title', String.raw`\# title`],
  ['one\ntwo␤three', 'one / two / three'],
  [String.raw`a\|b`, String.raw`a\\\|b`],
])('text from outside stays text in Markdown: %s', (text, wanted) => {
  expect(markdownText(text)).toBe(wanted);
});

test('an address cannot end its link, its cell or its row', () => {
  const link = markdownLink('a]b', 'https://x.example/?q=<b>|`c d\n');
  expect(link).toBe(String.raw`[a\]b](<https://x.example/?q=%3Cb%3E%7C%60c%20d%0A>)`);
});

const HEAD: TimelineHead = {
  incident: 'Q1',
  title: 'disk | <full>',
  service: 'mailer',
  environment: 'prod',
  status: 'resolved',
  urgency: 'high',
  url: 'https://pd.example/Q1',
  suspect: { version: '1.0.283', who: 'dora', minutesBefore: 6 },
  recovery: {
    triggeredAt: AT,
    acknowledgedAt: AT + 372_000,
    mitigatedAt: AT + 843_000,
    mitigatedBy: 'errors_ended',
    resolvedAt: null,
  },
};

test('a post-mortem begins with the facts; every row of the table has five cells', () => {
  const text = postMortem(HEAD, [
    event('x | y\n| z'),
    event('done', { url: 'https://ci.example/1', who: null }),
  ]);
  expect(text.split('\n## ')[0]).toBe(
    [
      String.raw`# mailer: disk \| &lt;full&gt;`,
      '',
      '- **Incident**: [Q1](<https://pd.example/Q1>) (resolved, high urgency)',
      '- **Service**: mailer in prod',
      '- **Suspect**: 1.0.283, deployed by dora, 6 min before the trigger',
      '- **Triggered**: 2026-11-17 23:59 UTC',
      '- **Acknowledged**: 2026-11-18 00:06 UTC, after 6m12s',
      '- **Mitigated**: 2026-11-18 00:14 UTC, after 14m03s (the errors ended)',
      '- **Resolved**: not yet',
      '',
    ].join('\n'),
  );
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.map((row) => row.split(/(?<!\\)\|/).length - 2)).toEqual([5, 5, 5, 5]);
  expect(rows.at(-1)).toContain('done ([link](<https://ci.example/1>))');
});

test('in plain text a long text goes on under itself, no word is cut, and a new day is told', () => {
  const lines = timelineLines(
    [
      event('3 instances ended in charge-central-1-0-282-1eab7e for a reason that is told at some length', {
        kind: 'rollback_confirmed',
      }),
      event('next day', { at: AT + 3_000 }),
    ],
    80,
    plain,
  );
  expect(lines).toEqual([
    '2026-11-17',
    '23:59:58  rollback confirmed  3 instances ended in charge-central-1-0-282-1eab7e',
    '                              for a reason that is told at some length',
    '                              Sam · pagerduty',
    '2026-11-18',
    '00:00:01  note                next day  Sam · pagerduty',
  ]);
  for (const each of lines) expect(width(each)).toBeLessThanOrEqual(80);
});

test('however narrow the terminal: every word is there; without one nothing is wrapped', () => {
  const text = 'charge-central-1-0-282-1eab7e serves alone from here on';
  const narrow = timelineLines([event(text)], 40, plain)
    .map((each) => each.trim())
    .join('');
  expect(narrow.replaceAll(' ', '')).toContain(text.replaceAll(' ', ''));
  expect(timelineLines([event(text)], 0, plain).at(-1)).toBe(`23:59:58  note  ${text}  Sam · pagerduty`);
});

test('recovery in one line', () => {
  const { recovery } = HEAD;
  if (recovery === null) throw new Error('no recovery');
  expect(recoveryText(recovery)).toBe(
    'acknowledged after 6m12s · mitigated after 14m03s (the errors ended) · not resolved',
  );
  expect(recoveryText({ ...recovery, mitigatedAt: null, mitigatedBy: null, acknowledgedAt: null })).toBe(
    'not acknowledged · mitigation not known · not resolved',
  );
});
