import { describe, expect, it } from 'vitest';
import { when } from '../../../src/cockpit/panes/deploy-lines.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { deploy, EPOCH, incident } from '../../component/story.ts';

const ended = (agoMs: number) => deploy('1.0.283', 0, { finishedAt: EPOCH - agoMs });

describe('when a deploy was', () => {
  const around = { incident: incident('Q1', { triggeredAt: EPOCH - 4 * MINUTE }), now: EPOCH };

  it.each([
    ['just now', 5 * SECOND],
    ['3m ago', 3 * MINUTE],
    ['<30s before trigger', 4 * MINUTE + 10 * SECOND],
    ['6m before trigger', 10 * MINUTE],
    ['yesterday', 25 * 60 * MINUTE],
  ])('is told as %s', (words, agoMs) => {
    expect(when(around, ended(agoMs))).toBe(words);
  });

  it('is the time of day without an incident', () => {
    expect(when({ incident: null, now: EPOCH }, ended(130 * MINUTE))).toBe('01:02');
  });
});
