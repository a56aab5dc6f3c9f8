import type { EnvironmentName } from './machines.ts';
import type { PracticeImage, WorldState } from './state.ts';

/** Who calls whom by a contract; what was never verified is known to be so. */
const PACTS: readonly { readonly consumer: string; readonly provider: string; readonly verified: boolean }[] =
  [
    { consumer: 'checkout', provider: 'charge-central', verified: true },
    { consumer: 'invoice-maker', provider: 'charge-central', verified: true },
    { consumer: 'charge-central', provider: 'card-vault', verified: true },
    { consumer: 'charge-central', provider: 'tax-rates', verified: true },
    { consumer: 'cart', provider: 'price-book', verified: true },
    { consumer: 'dunning', provider: 'sms-gateway', verified: false },
  ];

/** A pact between two versions, one of which is asked for and the other runs in the environment. */
export interface PactRow {
  readonly consumer: { readonly name: string; readonly version: string; readonly runs: boolean };
  readonly provider: { readonly name: string; readonly version: string; readonly runs: boolean };
  /** null: it was never verified. */
  readonly success: boolean | null;
}

export function hasContracts(service: string): boolean {
  return PACTS.some(({ consumer, provider }) => consumer === service || provider === service);
}

/**
 * That version's pacts with what runs around it. Whoever migrated its database answers in a new way, on which its
 * consumers rely since: an older version of it fails their pacts.
 */
export function pactsOf(
  state: WorldState,
  service: string,
  version: string,
  environment: EnvironmentName,
): readonly PactRow[] {
  return PACTS.filter(({ consumer, provider }) => consumer === service || provider === service).map(
    ({ consumer, provider, verified }) => {
      const side = (name: string) => ({
        name,
        version: name === service ? version : runningVersion(state, name, environment),
        runs: name !== service,
      });
      const now = databaseOf(state, provider, runningVersion(state, provider, environment));
      const asked = databaseOf(state, provider, side(provider).version);
      return { consumer: side(consumer), provider: side(provider), success: verified ? asked >= now : null };
    },
  );
}

/** null: its repository has no such tag. */
export function imageTagged(state: WorldState, service: string, version: string): PracticeImage | null {
  const repository = state.services.find(({ name }) => name === service)?.repository;
  return state.images.find((image) => image.repository === repository && image.tag === version) ?? null;
}

function runningVersion({ stacks }: WorldState, service: string, environment: EnvironmentName): string {
  const stack = stacks.find((each) => each.service === service && each.environment === environment);
  return stack?.parameters.ImageTag ?? '';
}

function databaseOf(state: WorldState, service: string, version: string): number {
  return Number(imageTagged(state, service, version)?.labels['oncall.database'] ?? 0);
}
