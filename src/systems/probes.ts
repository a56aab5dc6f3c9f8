import type { Config } from '../config/schema.ts';
import type { LoadedConfig } from '../config/types.ts';
import { Failure, toFailure } from '../model/failure.ts';
import { localNow, SECOND } from '../model/instant.ts';
import type { Examination, Outcome, Probe } from '../model/ports/probe.ts';
import { observed } from './http/observed.ts';
import { openTransport } from './http/open-transport.ts';
import type { AdapterDeps } from './http/transport.ts';

const DEADLINE_MS = 10 * SECOND;
/** ssh has to connect first, perhaps over a jump host. */
const SSH_DEADLINE_MS = 25 * SECOND;

/** One place in the config that leads to a system. */
interface Place {
  readonly key: string;
  /** null: the system has none. */
  readonly environment: string | null;
}

interface Row {
  readonly system: string;
  readonly deadlineMs?: number;
  /** Empty: it is not configured. */
  places(loaded: LoadedConfig): readonly Place[];
  open(deps: AdapterDeps, environment: string): Promise<Probe>;
}

/** A system under `systems`. */
function inSystems(system: keyof Config['systems'], open: (deps: AdapterDeps) => Promise<Probe>): Row {
  return {
    system,
    places: ({ config }) =>
      config.systems[system] === undefined ? [] : [{ key: `systems.${system}`, environment: null }],
    open,
  };
}

/** A system that each environment has for itself. */
function inEnvironments(
  system: string,
  part: 'aws' | 'containers',
  open: Row['open'],
  deadlineMs = DEADLINE_MS,
): Row {
  return {
    system,
    deadlineMs,
    places: ({ config }) =>
      Object.entries(config.environments)
        .filter(([, environment]) => environment[part] !== undefined)
        .map(([name]) => ({ key: `environments.${name}.${part}`, environment: name })),
    open,
  };
}

/** Every system that can be examined, in the order in which they are shown; each lazily imported. */
const TABLE: readonly Row[] = [
  inSystems('pagerduty', async (deps) => (await import('./pagerduty/probe.ts')).openProbe(deps)),
  inSystems('splunk', async (deps) => (await import('./splunk/probe.ts')).openProbe(deps)),
  inEnvironments('aws', 'aws', async (deps, name) => (await import('./aws/probe.ts')).openProbe(deps, name)),
  inEnvironments(
    'docker',
    'containers',
    async (deps, name) => (await import('./docker/probe.ts')).openProbe(deps, name),
    SSH_DEADLINE_MS,
  ),
  inSystems('slack', async (deps) => (await import('./slack/probe.ts')).openProbe(deps)),
  inSystems('newrelic', async (deps) => (await import('./newrelic/probe.ts')).openProbe(deps)),
  inSystems('github', async (deps) => (await import('./github/probe.ts')).openProbe(deps)),
  inSystems('bamboo', async (deps) => (await import('./bamboo/probe.ts')).openProbe(deps)),
  inSystems('registry', async (deps) => (await import('./registry/probe.ts')).openProbe(deps)),
  inSystems('buildkite', async (deps) => (await import('./buildkite/probe.ts')).openProbe(deps)),
  inSystems('pact', async (deps) => (await import('./pact/probe.ts')).openProbe(deps)),
  inSystems('nagios', async (deps) => (await import('./nagios/probe.ts')).openProbe(deps)),
  inSystems('jenkins', async (deps) => (await import('./jenkins/probe.ts')).openProbe(deps)),
  inSystems('zendesk', async (deps) => (await import('./zendesk/probe.ts')).openProbe(deps)),
  inSystems('leankit', async (deps) => (await import('./leankit/probe.ts')).openProbe(deps)),
];

/** A system as it stands in the config, to be examined. */
export interface Candidate {
  readonly system: string;
  readonly environment: string | null;
  readonly key: string;
  /** Never rejects, and ends by its own deadline. */
  examine(signal: AbortSignal): Promise<Examination>;
}

export interface Candidates {
  readonly configured: readonly Candidate[];
  /** Names of systems that the config does not tell of. */
  readonly notConfigured: readonly string[];
}

/** All that the config leads to. Each has a transport of its own, so that no system waits for another. */
export function candidates(loaded: LoadedConfig, deadlineMs?: number): Candidates {
  const configured = TABLE.flatMap((row) =>
    row.places(loaded).map((place) => candidate(loaded, row, place, deadlineMs)),
  );
  const notConfigured = TABLE.filter((row) => row.places(loaded).length === 0).map(({ system }) => system);
  return { configured, notConfigured };
}

function candidate(loaded: LoadedConfig, row: Row, place: Place, deadlineMs?: number): Candidate {
  const { system } = row;
  const limit = Math.min(row.deadlineMs ?? DEADLINE_MS, deadlineMs ?? Number.POSITIVE_INFINITY);
  return {
    system,
    ...place,
    async examine(signal) {
      const outcome = await inTime(system, limit, signal, (within) => examine(loaded, row, place, within));
      return { system, ...place, outcome };
    },
  };
}

async function examine(loaded: LoadedConfig, row: Row, place: Place, signal: AbortSignal): Promise<Outcome> {
  const own = openTransport({ proxy: loaded.config.proxy });
  const { transport, seen } = observed(own, row.system);
  let probe: Probe | null = null;
  try {
    probe = await row.open({ loaded, transport }, place.environment ?? '');
    const begun = performance.now();
    const probed = await probe.check(signal);
    const { latencyMs, toldTime, budget } = seen();
    const now = probed.now ?? (toldTime ? transport.now(row.system) : null);
    return {
      kind: 'answered',
      latencyMs: Math.max(1, Math.round(probed.latencyMs ?? latencyMs ?? performance.now() - begun)),
      skewMs: now === null ? null : now - localNow(),
      probed: { ...probed, budget: probed.budget ?? budget },
    };
  } catch (thrown) {
    const failure = toFailure(row.system, thrown);
    return { kind: 'failed', failure, cure: probe?.cure?.(failure) ?? null };
  } finally {
    await own.close();
  }
}

/** What comes first: the outcome, or a failure `timeout`. The work is told to end, and is not waited for. */
async function inTime(
  system: string,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const late = new AbortController();
  const text = `It did not answer within ${ms / SECOND} s.`;
  const timer = setTimeout(() => late.abort(new Failure(system, 'timeout', text)), ms);
  const within = AbortSignal.any([signal, late.signal]);
  const ended = new Promise<Outcome>((resolve) => {
    const end = () => resolve({ kind: 'failed', failure: toFailure(system, within.reason), cure: null });
    if (within.aborted) end();
    else within.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([work(within), ended]);
  } finally {
    clearTimeout(timer);
  }
}
