import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { STALE_AFTER_MS } from '../../../src/model/reading.ts';
import { openSnapshot, type Snapshot } from '../../../src/watch/snapshot.ts';
import { deploy, incident, NOW, SAM } from '../insight/cast.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oncall-snapshot-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const about = <T>(source: string, value: T) => ({
  source,
  value,
  takenAt: NOW,
  receivedAt: NOW,
  error: null,
  staleAfterMs: STALE_AFTER_MS,
});

const known: Snapshot = {
  practice: true,
  incidents: {
    ...about('pagerduty', [incident('Q1')]),
    error: new Failure('pagerduty', 'timeout', 'No answer.'),
  },
  onCall: about('pagerduty', []),
  me: SAM,
  deploys: [
    { service: 'charge-central', environment: 'prod', reading: about('aws', [deploy('2', NOW, null)]) },
  ],
  systems: [{ name: 'aws', ok: true, lastOkAt: NOW, error: null, retryAt: null }],
};

const only = () => join(folder, readdirSync(folder)[0] ?? '');

test('what was written is read back, failures too, and nobody else may read it', async () => {
  const store = openSnapshot(folder, null);
  expect(store.read()).toBeNull();
  await store.write(known);
  const back = store.read();
  expect(back).toMatchObject({ ...known, incidents: { value: known.incidents.value } });
  expect(back?.incidents.error).toBeInstanceOf(Failure);
  expect(back?.incidents.error?.code).toBe('timeout');
  expect(statSync(only()).mode & 0o777).toBe(0o600);
});

test('each person has their own', async () => {
  await openSnapshot(folder, 'sam@harbour.example').write(known);
  expect(openSnapshot(folder, 'dora@harbour.example').read()).toBeNull();
  expect(openSnapshot(folder, 'sam@harbour.example').read()).not.toBeNull();
});

test.each([
  ['torn', '{"schema":1,"prac'],
  ['of another schema', '{"schema":99}'],
  ['of another shape', '{"schema":1,"practice":true,"incidents":[]}'],
  ['not JSON', '\0\0\0'],
])('one that is %s is put aside, not fatal, and the next is written', async (_name, text) => {
  const store = openSnapshot(folder, null);
  await store.write(known);
  writeFileSync(only(), text);
  expect(store.read()).toBeNull();
  expect(readdirSync(folder).some((name) => name.endsWith('.corrupt'))).toBe(true);
  await store.write(known);
  expect(store.read()?.practice).toBe(true);
});

test('text that somebody put into the file is made safe again', async () => {
  const store = openSnapshot(folder, null);
  await store.write(known);
  const text = JSON.stringify(known).replace('5xx above 2%', '\\u001b]52;c;aGFja2Vk\\u0007');
  writeFileSync(only(), `{"schema":1,${text.slice(1)}`);
  expect(store.read()?.incidents.value?.[0]?.title).toBe('␛]52;c;aGFja2Vk␇');
});

test('a folder that is gone loses the snapshot only', async () => {
  const store = openSnapshot(join(folder, 'gone', '\0'), null);
  await expect(store.write(known)).resolves.toBeUndefined();
});
