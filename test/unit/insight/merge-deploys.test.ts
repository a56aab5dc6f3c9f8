import { describe, expect, it } from 'vitest';
import { mergeDeploys } from '../../../src/insight/merge-deploys.ts';
import type { Deploy } from '../../../src/model/deploy.ts';
import { MINUTE } from '../../../src/model/instant.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { deploy } from './cast.ts';

const at = Date.parse('2026-03-04T03:00:00Z');

function stack(version: string, begins: number, ends: number | null, more: Partial<Deploy> = {}): Deploy {
  return told('cloudformation', version, begins, ends, { reference: null, ...more });
}

function build(version: string, begins: number, ends: number | null, more: Partial<Deploy> = {}): Deploy {
  return told('buildkite', version, begins, ends, {
    who: ownText('dora'),
    reference: ownText('#412'),
    url: ownText('https://buildkite.example/412'),
    ...more,
  });
}

function told(
  source: string,
  version: string,
  begins: number,
  ends: number | null,
  more: Partial<Deploy>,
): Deploy {
  return {
    ...deploy(version, at + begins * MINUTE, ends === null ? null : at + ends * MINUTE),
    source,
    sources: [source],
    ...more,
  };
}

describe('deploys that several systems tell of', () => {
  it('become one line, with the times of the stack and the page and the person of the pipeline', () => {
    const line = mergeDeploys([
      [stack('1.0.283', 1, 7, { who: ownText('unknown') })],
      [build('1.0.283', 0, 8)],
    ]);
    expect(line).toEqual([
      expect.objectContaining({
        version: '1.0.283',
        startedAt: at + MINUTE,
        finishedAt: at + 7 * MINUTE,
        who: 'dora',
        reference: '#412',
        url: 'https://buildkite.example/412',
        source: 'cloudformation',
        sources: ['cloudformation', 'buildkite'],
      }),
    ]);
  });

  it('stay apart when they are of another version, another place or another time', () => {
    const here = stack('1.0.283', 1, 7);
    expect(mergeDeploys([[here], [build('1.0.282', 1, 7)]])).toHaveLength(2);
    expect(mergeDeploys([[here], [build('1.0.283', 1, 7, { environment: 'test' })]])).toHaveLength(2);
    expect(mergeDeploys([[here], [build('1.0.283', 1, 7, { service: 'mailer' })]])).toHaveLength(2);
    expect(mergeDeploys([[here], [build('1.0.283', 30, 37)]])).toHaveLength(2);
  });

  it('name the version of an update whose stack does not tell it yet', () => {
    const [line] = mergeDeploys([[stack('unknown', 1, null)], [build('1.0.284', 0, null)]]);
    expect(line?.version).toBe('1.0.284');
    expect(line?.sources).toEqual(['cloudformation', 'buildkite']);
  });

  it('match one to one where a version went out twice', () => {
    const merged = mergeDeploys([
      [stack('1.0.282', 60, 66), stack('1.0.283', 30, 36), stack('1.0.282', 0, 6)],
      [build('1.0.282', 59, 67, { reference: ownText('#414') }), build('1.0.282', 0, 7)],
    ]);
    expect(merged.map(({ version, reference }) => [version, reference])).toEqual([
      ['1.0.282', '#414'],
      ['1.0.283', null],
      ['1.0.282', '#412'],
    ]);
  });

  it('keep a step that waits for a person, newest first', () => {
    const waiting = { system: 'buildkite', id: 'job', label: ownText('Deploy to production') };
    const step = { ...waiting, since: null, asks: [], url: null };
    const merged = mergeDeploys([
      [stack('1.0.283', 1, 7)],
      [build('1.0.284', 20, null, { status: 'waiting', waiting: step })],
    ]);
    expect(merged.map(({ version, status }) => [version, status])).toEqual([
      ['1.0.284', 'waiting'],
      ['1.0.283', 'succeeded'],
    ]);
    expect(merged[0]?.waiting).toEqual(step);
  });
});
