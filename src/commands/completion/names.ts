import { openJournal } from '../../actions/journal.ts';
import { stateFolderOf } from '../../config/state.ts';
import type { LoadedConfig } from '../../config/types.ts';
import { openSnapshot, type Snapshot } from '../../watch/snapshot.ts';
import type { Candidate, Names } from './complete.ts';

/** Somebody waits at a prompt: then what the last snapshot knew has to do. */
const PATIENCE_MS = 1_500;
const VERSIONS = 20;

/** Names of the config; incidents of the last snapshot; versions of the registry, of the snapshot when that is slow. */
export function namesOf(config: () => Promise<LoadedConfig>, env: NodeJS.ProcessEnv): Names {
  const snapshot = async (): Promise<Snapshot | null> => {
    const { file } = await config();
    return openSnapshot(stateFolderOf(file, env), env.ONCALL_USER_EMAIL ?? null).read();
  };
  return {
    async services() {
      const { catalog } = await config();
      return catalog.services.map(({ name, squad }) => ({ word: name, meaning: squad }));
    },
    async squads() {
      const { catalog } = await config();
      return catalog.squads.map(({ id, name }) => ({ word: id, meaning: name }));
    },
    async duties() {
      const { catalog } = await config();
      return catalog.roles.map(({ name, hours }) => ({ word: name, meaning: hours ?? '' }));
    },
    async environments() {
      const { catalog } = await config();
      return catalog.environments.map(({ name, guarded }) => ({
        word: name,
        meaning: guarded ? 'guarded' : '',
      }));
    },
    async incidents() {
      const open = (await snapshot())?.incidents.value ?? [];
      return open.map(({ id, status, service, title }) => ({
        word: id,
        meaning: `${status}  ${service ?? ''}  ${title}`,
      }));
    },
    async versions(service, environment) {
      const known = await remembered(snapshot, service, environment);
      const there = await registered(await config(), service, environment).catch(() => []);
      const words = new Set(known.map(({ word }) => word));
      return [...known, ...there.filter(({ word }) => !words.has(word))];
    },
    async intents() {
      const { file } = await config();
      const records = await openJournal(stateFolderOf(file, env)).read();
      return records.toReversed().map(({ intent }) => ({
        word: intent.id,
        meaning: [intent.action, intent.service, intent.to].filter(Boolean).join(' '),
      }));
    },
  };
}

/** As the cockpit or `status` saw them last, each once. */
async function remembered(
  snapshot: () => Promise<Snapshot | null>,
  service: string,
  environment: string | null,
): Promise<readonly Candidate[]> {
  const readings = (await snapshot())?.deploys ?? [];
  const deploys = readings
    .filter((each) => each.service === service && (environment === null || each.environment === environment))
    .flatMap(({ reading }) => reading.value ?? []);
  const byVersion = new Map(deploys.map((deploy) => [String(deploy.version), deploy]));
  return [...byVersion.values()].map(({ version, environment: where, who }) => ({
    word: version,
    meaning: `deployed to ${where}${who === null ? '' : ` by ${who}`}`,
  }));
}

/** What the registry has; nothing when it is slow. */
async function registered(
  loaded: LoadedConfig,
  name: string,
  environment: string | null,
): Promise<readonly Candidate[]> {
  const service = loaded.catalog.services.find((each) => each.name === name);
  if (service === undefined) return [];
  const { openSystems } = await import('../../systems/index.ts');
  const systems = openSystems(loaded);
  const late = AbortSignal.timeout(PATIENCE_MS);
  try {
    const images = await systems.images();
    const where = environment ?? loaded.catalog.defaultEnvironment;
    const found = await Promise.race([
      images.images(service, where, VERSIONS, late),
      new Promise<never>((_, reject) =>
        late.addEventListener('abort', () => reject(late.reason), { once: true }),
      ),
    ]);
    return found.map(({ version }) => ({ word: version, meaning: 'in the registry' }));
  } finally {
    await systems.close();
  }
}
