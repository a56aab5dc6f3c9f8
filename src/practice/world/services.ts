import type { PracticePipeline, PracticeService } from './state.ts';
import type { Random } from './world.ts';

const SERVICES: Record<string, readonly string[]> = {
  billing: [
    'charge-central',
    'invoice-maker',
    'dunning',
    'tax-rates',
    'refund-desk',
    'price-book',
    'card-vault',
  ],
  ledger: ['ledger-api', 'ledger-writer', 'payout-runner', 'reconciler', 'statement-store', 'fx-rates'],
  identity: ['login', 'session-store', 'token-issuer', 'profile-api', 'consent', 'audit-trail'],
  messaging: ['mailer', 'sms-gateway', 'push-relay', 'template-studio', 'notify-hub', 'inbox-api'],
  storefront: [
    'checkout',
    'cart',
    'catalog-api',
    'search-api',
    'product-page',
    'image-resizer',
    'delivery-slots',
  ],
};

/** Services with more than one production instance; the others have one. */
const SIZES: Record<string, number> = {
  'charge-central': 3,
  'invoice-maker': 2,
  'card-vault': 2,
  'price-book': 2,
  'ledger-api': 2,
  'ledger-writer': 2,
  login: 2,
  'session-store': 2,
  'token-issuer': 2,
  mailer: 2,
  'notify-hub': 2,
  checkout: 2,
  cart: 2,
  'catalog-api': 2,
  'product-page': 2,
};

/** The squad that never moved its images to ECR. */
const OWN_REGISTRY = 'identity';

/** Squads whose services are not built by Buildkite. */
const PIPELINES: Record<string, PracticePipeline> = { identity: 'jenkins', storefront: 'bamboo' };

/** 32 services; 48 instances in prod and one for each in test. */
export function services(random: Random): PracticeService[] {
  return Object.entries(SERVICES).flatMap(([squad, names]) =>
    names.map((name) => ({
      name,
      squad,
      pagerId: `P${name.replaceAll('-', '').slice(0, 3).toUpperCase()}${random.hex(3).toUpperCase()}`,
      ...imagesOf(squad, name),
      pipeline: PIPELINES[squad] ?? 'buildkite',
      stacks: { prod: name, test: `${name}-test` },
      logRate: Math.round((0.2 + random.next() * 1.3) * 10) / 10,
      instancesPerEnvironment: { prod: SIZES[name] ?? 1, test: 1 },
    })),
  );
}

function imagesOf(squad: string, name: string): Pick<PracticeService, 'registry' | 'repository'> {
  return squad === OWN_REGISTRY
    ? { registry: 'registry.harbour.example', repository: `${squad}/${name}` }
    : { registry: null, repository: name };
}
