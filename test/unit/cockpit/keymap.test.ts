import { describe, expect, it } from 'vitest';
import { bindings } from '../../../src/cockpit/bindings/index.ts';
import { helpContent } from '../../../src/cockpit/dialogs/help.ts';
import { buildKeymap, collisions } from '../../../src/cockpit/keymap.ts';
import { lineText } from '../../../src/cockpit/widgets/line.ts';

describe('the table of keys', () => {
  it('has no two meanings for one key where both could be meant', () => {
    expect(collisions(bindings)).toEqual([]);
  });

  it('has one id a binding', () => {
    const ids = bindings.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('binds nothing dangerous in read-only mode', () => {
    const { bindings: bound, unbound } = buildKeymap(bindings, { readOnly: true, keys: {} });
    expect(bound.some(({ dangerous }) => dangerous)).toBe(false);
    expect(unbound.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['acknowledge', 'reroute', 'rollback', 'resolve', 'snooze', 'note', 'escalate']),
    );
  });

  it('takes a wish, and refuses one that collides or means nothing', () => {
    const wishes = { acknowledge: 'K', zoom: 'q', dance: 'd' };
    const { bindings: bound, problems } = buildKeymap(bindings, { readOnly: false, keys: wishes });
    expect(bound.find(({ id }) => id === 'acknowledge')?.keys).toEqual(['K']);
    expect(bound.find(({ id }) => id === 'zoom')?.keys).toEqual(['z']);
    expect(problems).toEqual([
      expect.stringContaining('q is taken'),
      expect.stringContaining('no such action dance'),
    ]);
  });

  it('explains every key of the panes in the help', () => {
    const text = helpContent(buildKeymap(bindings, { readOnly: false, keys: {} }), 0, 80)
      .body.map(lineText)
      .join('\n');
    const panes = ['global', 'incidents', 'deploys', 'fleet', 'logs', 'signals'];
    for (const { scope, help } of bindings) if (panes.includes(scope)) expect(text).toContain(help);
  });
});
