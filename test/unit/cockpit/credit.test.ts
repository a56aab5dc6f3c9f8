import { expect, test } from 'vitest';
import { Credit, QUESTION } from '../../../src/cockpit/screen/credit.ts';

const ANSWER = '\x1b[0n';

function credit() {
  let freed = 0;
  const made = new Credit(() => {
    freed += 1;
  });
  return { made, freed: () => freed };
}

test('a terminal that does not answer is asked once, and gets every frame', () => {
  const { made } = credit();
  expect(made.question()).toBe(QUESTION);
  expect([made.question(), made.question()]).toEqual(['', '']);
  expect(made.isOpen).toBe(true);
});

test('a terminal that answers has at most two frames on their way', () => {
  const { made, freed } = credit();
  made.question();
  expect(made.typed(ANSWER)).toEqual({ text: '', rest: '' });
  expect([made.question(), made.isOpen, made.question(), made.isOpen]).toEqual([
    QUESTION,
    true,
    QUESTION,
    false,
  ]);
  expect(made.typed(`a${ANSWER}b`)).toEqual({ text: 'ab', rest: '' });
  expect([made.isOpen, freed()]).toEqual([true, 2]);
});

test('an answer in pieces is no key; what only looks like its beginning is handed on by whoever waits for the rest', () => {
  const { made } = credit();
  made.question();
  const first = made.typed('j\x1b[');
  expect(first).toEqual({ text: 'j', rest: '\x1b[' });
  expect(made.typed(`${first.rest}0nk`)).toEqual({ text: 'k', rest: '' });
  expect(made.typed('\x1b')).toEqual({ text: '\x1b', rest: '' });
});

test('who has the terminal next reads no answer: the last one is waited for, and nothing is asked any more', async () => {
  const { made } = credit();
  made.question();
  made.typed(ANSWER);
  made.question();
  let isOver = false;
  const over = made.over(60_000).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  made.typed(ANSWER);
  await over;
  expect(made.question()).toBe('');
  made.again();
  expect(made.question()).toBe(QUESTION);
});
