import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portServers } from '../../../src/practice/servers/index.ts';
import { Eyes } from './eyes.ts';

/** What is there in every night, whatever burns. */
const DISK = 'mailer: disk 91%';
const DISK_CHECK = 'mailer: disk /var/spool/mail on mailer-prod';
const ANOMALY = "checkout: Anomaly: Web response time was different from normal on 'checkout'";
const tooManyErrors = (service: string) =>
  `${service}: Error percentage > 2.0% for 5 minutes on '${service}'`;

type Look = (eyes: Eyes) => Promise<unknown>;
/** A server, what is asked of it, and what it tells while the story burns and after its right end. */
type Row = readonly [server: string, look: Look, burning: unknown, ended: unknown];

const LOST = [
  ...['card-vault', 'cart', 'catalog-api', 'charge-central', 'checkout', 'invoice-maker', 'ledger-api'],
  ...['ledger-writer', 'login', 'mailer', 'notify-hub', 'price-book', 'product-page', 'session-store'],
  'token-issuer',
];

const BAD_DEPLOY: readonly Row[] = [
  [
    'pagerduty',
    (eyes) => eyes.pagerduty(),
    ['charge-central: 5xx above 2%', 'ledger-api: DLQ not empty', DISK],
    [DISK],
  ],
  ['splunk', (eyes) => eyes.splunk('charge-central'), 'errors', 'quiet'],
  ['aws', (eyes) => eyes.autoScaling(), ['charge-central eu-west-1a', 'charge-central eu-west-1b'], []],
  [
    'aws',
    (eyes) => eyes.loadBalancing('charge-central'),
    [
      'healthy',
      'unhealthy Target.FailedHealthChecks: Health checks failed',
      'unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [502]',
    ],
    ['healthy'],
  ],
  [
    'aws',
    (eyes) => eyes.signals('aws'),
    [
      'charge-central: charge-central-5xx',
      'charge-central: charge-central-receipts-errors',
      'charge-central: payments-impaired',
      'ledger-api: ledger-api-charges-dlq',
    ],
    [],
  ],
  ['aws', (eyes) => eyes.newestImage('charge-central'), '1.0.283', '1.0.283'],
  [
    'docker',
    (eyes) => eyes.docker('charge-central'),
    ['restarting unhealthy', 'running healthy', 'running unhealthy'],
    ['running healthy'],
  ],
  [
    'nagios',
    (eyes) => eyes.signals('nagios'),
    [
      'charge-central: HTTP on charge-central-prod',
      'charge-central: heartbeat on charge-central-prod',
      DISK_CHECK,
    ],
    [DISK_CHECK],
  ],
  ['newrelic', (eyes) => eyes.signals('newrelic'), [tooManyErrors('charge-central'), ANOMALY], [ANOMALY]],
  // Only people solve tickets, and one more customer wrote before it was over.
  ['zendesk', async (eyes) => (await eyes.signals('zendesk')).length, 3, 4],
  [
    'slack',
    (eyes) => eyes.slack('billing'),
    'charge-central 1.0.283 deployed to prod by dora',
    'charge-central 1.0.282 deployed to prod by dora',
  ],
  [
    'github',
    async (eyes) =>
      (await eyes.github('charge-central', '1.0.282', '1.0.283')).includes(
        'Read the amount of a charge as Money, not as a number (#1412)',
      ),
    true,
    true,
  ],
  ['buildkite', (eyes) => eyes.deployToldBy('buildkite', 'charge-central'), '1.0.283', '1.0.283'],
  ['pact', (eyes) => eyes.pact('charge-central', '1.0.282'), true, true],
  // What mends it waits on the board, and goes on waiting: a rollback puts nothing new out.
  ['leankit', (eyes) => eyes.coming('charge-central'), '1.0.284', '1.0.284'],
  // The registry keeps the images of one squad, of which nobody deployed anything.
  ['registry', async (eyes) => (await eyes.newestImage('login')) !== 'none', true, true],
];

/** These pipelines are of other squads than the story's. */
const PIPELINES: readonly (readonly [system: string, service: string])[] = [
  ['jenkins', 'login'],
  ['bamboo', 'cart'],
];
const SERVED = portServers().map(({ system }) => system);
const PIPELINE_ROWS = PIPELINES.filter(([system]) => SERVED.includes(system)).map(
  ([system, service]): Row => {
    const look: Look = async (eyes) => (await eyes.deployToldBy(system, service)) !== 'none';
    return [system, look, true, true];
  },
);

const AZ_OUTAGE: readonly Row[] = [
  [
    'pagerduty',
    (eyes) => eyes.pagerduty(),
    [
      'charge-central: 5xx above 2%',
      'checkout: p99 above 800 ms',
      'ledger-writer: 1/2 targets down',
      'login: 1/2 targets down',
      DISK,
      'notify-hub: 1/2 targets down',
    ],
    [DISK],
  ],
  ['splunk', (eyes) => eyes.splunk('checkout'), 'errors', 'quiet'],
  [
    'aws',
    async (eyes) => (await eyes.autoScaling()).toSorted(),
    LOST.map((service) => `${service} eu-west-1b`),
    [],
  ],
  [
    'aws',
    (eyes) => eyes.loadBalancing('checkout'),
    ['healthy', 'unhealthy Target.Timeout: Request timed out'],
    ['healthy'],
  ],
  [
    'aws',
    (eyes) => eyes.signals('aws'),
    [
      'charge-central: charge-central-5xx',
      'checkout: checkout-5xx',
      'checkout: shop-impaired',
      'login: login-5xx',
    ],
    [],
  ],
  ['docker', (eyes) => eyes.docker('checkout'), ['no answer', 'running healthy'], ['running healthy']],
  [
    'nagios',
    async (eyes) => (await eyes.signals('nagios')).filter((one) => / is down$/.test(one)),
    LOST.map((service) => `${service}: host ${service}-prod is down`),
    [],
  ],
  [
    'newrelic',
    (eyes) => eyes.signals('newrelic'),
    [
      tooManyErrors('charge-central'),
      ANOMALY,
      tooManyErrors('checkout'),
      tooManyErrors('ledger-writer'),
      tooManyErrors('login'),
    ],
    [ANOMALY],
  ],
  ['zendesk', async (eyes) => (await eyes.signals('zendesk')).length, 3, 3],
  // The one deploy of the night was well before, and nobody takes it back.
  [
    'slack',
    (eyes) => eyes.slack('storefront'),
    'checkout 3.2.118 deployed to prod by finn',
    'checkout 3.2.118 deployed to prod by finn',
  ],
  [
    'github',
    (eyes) => eyes.github('checkout', '3.2.117', '3.2.118'),
    ["Move the night's price change to its own job (#877)"],
    ["Move the night's price change to its own job (#877)"],
  ],
];

const QUEUE_STUCK: readonly Row[] = [
  ['bamboo', (eyes) => eyes.deployToldBy('bamboo', 'checkout'), '3.2.119', '3.2.119'],
  ['pagerduty', (eyes) => eyes.pagerduty(), ['ledger-api: DLQ not empty', DISK], [DISK]],
  ['splunk', (eyes) => eyes.splunk('ledger-api'), 'errors', 'quiet'],
  ['splunk', (eyes) => eyes.splunk('checkout'), 'quiet', 'quiet'],
  ['aws', (eyes) => eyes.autoScaling(), [], []],
  ['aws', (eyes) => eyes.loadBalancing('checkout'), ['healthy'], ['healthy']],
  ['aws', (eyes) => eyes.signals('aws'), ['ledger-api: ledger-api-orders-dlq'], []],
  ['docker', (eyes) => eyes.docker('ledger-api'), ['running healthy'], ['running healthy']],
  ['nagios', (eyes) => eyes.signals('nagios'), [DISK_CHECK], [DISK_CHECK]],
  ['newrelic', (eyes) => eyes.signals('newrelic'), [ANOMALY, tooManyErrors('ledger-api')], [ANOMALY]],
  ['zendesk', async (eyes) => (await eyes.signals('zendesk')).length, 2, 2],
  [
    'slack',
    (eyes) => eyes.slack('storefront'),
    'checkout 3.2.119 deployed to prod by omar',
    'checkout 3.2.118 deployed to prod by dora',
  ],
  [
    'github',
    async (eyes) =>
      (await eyes.github('checkout', '3.2.118', '3.2.119')).includes('Publish amounts in minor units (#881)'),
    true,
    true,
  ],
];

/** A scenario, what ends it rightly, and how long that takes in world seconds. */
const STORIES: readonly (readonly [string, readonly Row[], object | null, number])[] = [
  [
    'bad-deploy',
    [...BAD_DEPLOY, ...PIPELINE_ROWS],
    { kind: 'deploy', service: 'charge-central', version: '1.0.282' },
    600,
  ],
  ['az-outage', AZ_OUTAGE, null, 1_400],
  ['queue-stuck', QUEUE_STUCK, { kind: 'deploy', service: 'checkout', version: '3.2.118' }, 600],
];

describe.each(STORIES)('%s', (scenario, rows, end, seconds) => {
  let eyes: Eyes;
  beforeAll(async () => {
    eyes = await Eyes.on(scenario);
  });
  afterAll(() => eyes.close());

  test('shows in every server, and heals in every one after its right end', async () => {
    for (const [server, look, burning] of rows) expect([server, await look(eyes)]).toEqual([server, burning]);
    if (end !== null) await eyes.control('/events', end);
    await eyes.control('/clock', { advance_s: seconds });
    for (const [server, look, , ended] of rows) expect([server, await look(eyes)]).toEqual([server, ended]);
  });
});

test('no server is left out of the first story', () => {
  const rows = [...BAD_DEPLOY, ...PIPELINE_ROWS];
  expect(new Set(rows.map(([server]) => server))).toEqual(new Set(['docker', ...SERVED]));
});
