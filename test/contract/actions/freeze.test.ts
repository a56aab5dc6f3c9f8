import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openActions } from '../../../src/actions/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Freeze } from '../../../src/model/catalog.ts';
import { startPractice } from '../../../src/practice/process.ts';
import { openSystems } from '../../../src/systems/index.ts';

const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;
const CONSENT = { typed: 'charge-central', accepted: [] };
const LIMITS = { send: 5_000, read: 5_000, trace: 1_000, pause: 20 };
const REASON = 'customers cannot pay';

/** The world stands on Tuesday, 2026-11-17, at 03:12 UTC. */
const frozen = (environment: string, to = '2026-11-18T00:00:00Z'): Freeze => ({
  window: { kind: 'once', from: Date.parse('2026-11-16T00:00:00Z'), to: Date.parse(to) },
  environments: [environment],
  services: null,
  reason: 'audit week',
});

async function stage(...freezes: readonly Freeze[]) {
  const practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 1,
    tls: false,
    untilStdinCloses: false,
  });
  onTestFinished(() => practice.stop());
  const loaded = await loadConfig({ configFile: practice.line.config });
  const systems = openSystems(loaded);
  onTestFinished(() => systems.close());
  const stateFolder = await mkdtemp(join(tmpdir(), 'oncall-'));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  const actions = openActions({
    systems,
    catalog: { ...loaded.catalog, freezes },
    email: 'sam@harbour.example',
    stateFolder,
    readOnly: false,
    reread: async () => {},
    limits: LIMITS,
  });
  const mutations = () => practice.host.log.all().flatMap((each) => (each.mutation ? [each.operation] : []));
  return { practice, systems, actions, stateFolder, mutations };
}

test('a window over another environment: the check passes', async () => {
  const { actions } = await stage(frozen('test'));
  const plan = await actions.plan(REQUEST);
  expect(plan.checks.find(({ id }) => id === 'freeze')).toMatchObject({ result: 'pass' });
  await actions.discard(plan);
});

test('a window over it: blocked with its reason, and not even a change set is made; an incident can be acknowledged', async () => {
  const { actions, mutations, practice } = await stage(frozen('prod'));
  const plan = await actions.plan(REQUEST);
  const check = plan.checks.find(({ id }) => id === 'freeze');
  expect(check).toMatchObject({ result: 'block', text: expect.stringContaining('audit week') });
  const outcome = await actions.run(plan, CONSENT, () => {});
  expect(outcome).toEqual({ state: 'refused', text: expect.stringContaining('--override-freeze REASON') });
  expect(mutations()).toEqual([]);
  const incident = practice.world.state.incidents.find(({ status }) => status === 'triggered')?.id ?? '';
  const ack = await actions.plan({ action: 'acknowledge', incidents: [incident] });
  expect(ack.checks).toEqual([]);
  expect((await actions.run(ack, { accepted: [] }, () => {})).state).toBe('confirmed');
});

test('a window that begins while the plan is read stops it', async () => {
  const { actions, mutations, practice } = await stage({
    ...frozen('prod'),
    window: {
      kind: 'once',
      from: Date.parse('2026-11-17T03:20:00Z'),
      to: Date.parse('2026-11-18T00:00:00Z'),
    },
  });
  const plan = await actions.plan(REQUEST);
  practice.world.advance(600);
  // Any answer tells what time it is there now.
  await actions.discard(await actions.plan({ ...REQUEST, environment: 'test' }));
  expect((await actions.run(plan, CONSENT, () => {})).state).toBe('refused');
  expect(mutations()).not.toContain('ExecuteChangeSet');
});

test('a reason lets it pass; it stands in the journal and in the note', async () => {
  const { actions, systems, practice, stateFolder } = await stage(frozen('prod'));
  const plan = await actions.plan({ ...REQUEST, overrideFreeze: REASON });
  expect(plan.checks.find(({ id }) => id === 'freeze')).toMatchObject({
    result: 'pass',
    text: expect.stringContaining(`overridden: ${REASON}`),
  });
  const outcome = await actions.run(plan, CONSENT, ({ state }) => {
    if (state === 'sent') practice.world.advance(20);
  });
  expect(outcome.state).toBe('confirmed');
  const [intent] = await actions.journal();
  expect(intent).toMatchObject({
    reason: REASON,
    planHash: plan.hash,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    fromDigest: expect.stringMatching(/^sha256:/),
    toDigest: expect.stringMatching(/^sha256:/),
  });
  expect(intent?.fromDigest).not.toBe(intent?.toDigest);
  const [line = ''] = (await readFile(join(stateFolder, 'journal.jsonl'), 'utf8')).split('\n');
  expect(JSON.parse(line).intent).toMatchObject({ reason: REASON, incident: intent?.incident });
  const { notes } = await (await systems.pager()).incident(intent?.incident ?? '');
  expect(notes.at(-1)?.text).toContain(`In spite of a freeze, because: ${REASON}.`);
});
