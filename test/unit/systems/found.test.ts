import { expect, test } from 'vitest';
import { foundOf } from '../../../src/systems/splunk/found.ts';

const DEPS = { sid: 'oncall_1', transforms: false, serviceOf: () => 'billing' };
const EVENT = { _raw: 'level=error no room', _time: '2026-11-24T03:12:40.250+00:00' };

test('lines that kept what tells them apart have the same identity as in a tail, and come once, oldest first', () => {
  const rows = [
    { ...EVENT, _cd: '7:2', _bkt: 'app~7', _indextime: '1795489961' },
    { ...EVENT, _cd: '7:1', _bkt: 'app~7', _indextime: '1795489962', _time: '2026-11-24T03:12:39.000+00:00' },
    { ...EVENT, _cd: '7:2', _bkt: 'app~7', _indextime: '1795489961' },
  ];
  const found = foundOf(DEPS, { rows, fields: ['_raw'] }, 10);
  expect(found).toMatchObject({
    kind: 'lines',
    lines: [{ id: 'app~7|7:1' }, { id: 'app~7|7:2', service: 'billing', level: 'error', late: false }],
    more: 7,
  });
});

test('lines of which only text and time are left are told apart by their place', () => {
  const found = foundOf(DEPS, { rows: [EVENT, EVENT], fields: ['_raw', '_time'] }, 2);
  if (found.kind !== 'lines') throw new Error('no lines');
  expect(new Set(found.lines.map(({ id }) => id)).size).toBe(2);
  expect(found.lines[0]).toMatchObject({ at: Date.parse(EVENT._time), indexedAt: Date.parse(EVENT._time) });
});

test('rows without text are a table: fields in their order, those that Splunk keeps for itself left out', () => {
  const rows = [
    { _time: EVENT._time, _span: '60', count: '3', hosts: 'a\nb' },
    { _time: EVENT._time, _span: '60', count: '\u001b[2J' },
  ];
  expect(foundOf(DEPS, { rows, fields: ['_time', 'hosts', 'count', '_span'] }, 2)).toEqual({
    kind: 'table',
    columns: ['_time', 'hosts', 'count'],
    rows: [
      [EVENT._time, 'a, b', '3'],
      [EVENT._time, '', '␛[2J'],
    ],
    more: 0,
  });
});

test('nothing found is no line, or an empty table where the search makes one', () => {
  const nothing = { rows: [], fields: [] };
  expect(foundOf(DEPS, nothing, 0)).toEqual({ kind: 'lines', lines: [], more: 0 });
  expect(foundOf({ ...DEPS, transforms: true }, nothing, 0)).toEqual({
    kind: 'table',
    columns: [],
    rows: [],
    more: 0,
  });
});
