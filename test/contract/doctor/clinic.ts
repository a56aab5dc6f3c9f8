import { afterEach } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import type { LoadedConfig } from '../../../src/config/types.ts';
import { type Diagnosis, diagnose } from '../../../src/insight/doctor.ts';
import type { FaultOrder } from '../../../src/practice/faults.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { candidates } from '../../../src/systems/probes.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A whole practice world, whose systems are examined as `oncall doctor` does it. */
export interface Clinic {
  readonly practice: RunningPractice;
  readonly loaded: LoadedConfig;
  /** Every answer of that system goes wrong so. */
  spoil(system: FaultOrder['system'], fault: FaultOrder['fault'], more?: Partial<FaultOrder>): void;
  /** Every configured system, or those of that name. */
  examine(system?: string): Promise<readonly Diagnosis[]>;
}

/** Longer than anything here takes that is not meant to hang. */
const PATIENCE_MS = 8_000;

/** Ends with the test. `patienceMs`: after how long a system that does not answer is given up. */
export async function clinic(
  options: { tls?: boolean; patienceMs?: number; change?: (config: Config) => Config } = {},
): Promise<Clinic> {
  const { tls = false, patienceMs = PATIENCE_MS, change = (config: Config) => config } = options;
  const practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 1,
    tls,
    untilStdinCloses: false,
  });
  closers.push(practice.stop);
  const found = await loadConfig({ configFile: practice.line.config });
  const loaded = { ...found, config: change(found.config) };
  return {
    practice,
    loaded,
    spoil(system, fault, more = {}) {
      practice.host.faults.order({ system, match: {}, fault, times: 1_000, ...more });
    },
    async examine(system) {
      const { signal } = new AbortController();
      const { configured } = candidates(loaded, patienceMs);
      const wanted = configured.filter((one) => system === undefined || one.system === system);
      const reference = configured.find((one) => one.system === 'pagerduty')?.examine(signal);
      const examined = await Promise.all(wanted.map((one) => one.examine(signal)));
      const outcome = (await reference)?.outcome;
      const ahead = outcome?.kind === 'answered' ? outcome.skewMs : null;
      return examined.map((one) => diagnose(one, ahead));
    },
  };
}
