import type { PracticeLogLine } from '../state.ts';
import type { Random } from '../world.ts';

/** What a program has to say, before it has a format. */
export interface Saying {
  readonly level: PracticeLogLine['level'];
  readonly logger: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
  /** Frames of a stack trace, innermost first. */
  readonly trace?: readonly string[];
}

type Maker = (random: Random, service: string) => Saying;

const PATHS = [
  '/v1/charges',
  '/v1/accounts',
  '/v1/orders',
  '/v1/sessions',
  '/v1/messages',
  '/healthz',
] as const;
const TABLES = ['accounts', 'entries', 'sessions', 'outbox', 'orders'] as const;

const millis = (random: Random) => Math.max(1, Math.round(40 * -Math.log(1 - random.next())));
const uuid = (random: Random) =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;

const INFO: readonly Maker[] = [
  (random) => {
    const [path, ms] = [random.pick(PATHS), millis(random)];
    const method = random.next() < 0.7 ? 'GET' : 'POST';
    return {
      level: 'info',
      logger: 'http.access',
      message: `${method} ${path} completed with 200 in ${ms}ms`,
      fields: { method, path, status: 200, duration_ms: ms, request_id: uuid(random) },
    };
  },
  (random) => {
    const ms = millis(random);
    return {
      level: 'info',
      logger: 'worker',
      message: `Finished job ${random.hex(12)} from queue ${random.pick(TABLES)} in ${ms}ms`,
      fields: { duration_ms: ms, attempt: 1 },
    };
  },
  (random) => ({
    level: 'info',
    logger: 'events',
    message: `Published ${random.pick(['charge.created', 'order.paid', 'session.opened', 'entry.booked'])} to topic ${random.pick(TABLES)}`,
    fields: { partition: random.integer(0, 11), offset: random.integer(1_000_000, 9_999_999) },
  }),
  (random) => ({
    level: 'info',
    logger: 'cache',
    message: `Refreshed ${random.integer(20, 900)} keys from ${random.pick(TABLES)}`,
    fields: { hit_rate: Number((0.9 + random.next() / 10).toFixed(3)) },
  }),
  (random) => ({
    level: 'info',
    logger: 'client',
    message: `Upstream ${random.pick(['fx-rates', 'profile-api', 'price-book'])} answered in ${millis(random)}ms`,
    fields: { status: 200, request_id: uuid(random) },
  }),
];

const DEBUG: readonly Maker[] = [
  (random) => ({
    level: 'debug',
    logger: 'sql',
    message: `SELECT 1 row from ${random.pick(TABLES)} (${(random.next() * 9).toFixed(1)}ms)`,
    fields: { pool_in_use: random.integer(1, 12) },
  }),
  (random) => ({
    level: 'debug',
    logger: 'gc',
    message: `Collected ${random.integer(3, 60)} MB in ${random.integer(1, 14)}ms`,
    fields: { heap_mb: random.integer(120, 480) },
  }),
];

const WARN: readonly Maker[] = [
  (random) => ({
    level: 'warn',
    logger: 'client',
    message: `Retrying ${random.pick(['fx-rates', 'profile-api', 'audit-trail'])} after ${random.integer(1, 3)} attempts: read timed out`,
    fields: { timeout_ms: 1500, request_id: uuid(random) },
  }),
  (random) => ({
    level: 'warn',
    logger: 'sql',
    message: `Slow query on ${random.pick(TABLES)} took ${random.integer(1000, 4200)}ms`,
    fields: { rows: random.integer(1, 5000) },
  }),
  (random, service) => ({
    level: 'warn',
    logger: 'deprecation',
    message: `Client sends header X-${service}-Token, which will be ignored from 2027 on`,
    fields: { client: `10.20.${random.integer(0, 40)}.${random.integer(4, 250)}` },
  }),
];

/** Errors that every version has now and then. */
const ERROR: readonly Maker[] = [
  (random) => ({
    level: 'error',
    logger: 'client',
    message: `Connection to 10.20.${random.integer(0, 40)}.${random.integer(4, 250)}:5432 reset by peer`,
    fields: { request_id: uuid(random) },
    trace: [
      'lib/pool/connection.rb:211:in `checkout`',
      'lib/pool/pool.rb:88:in `with`',
      'app/repositories/base.rb:31:in `find`',
    ],
  }),
  (random) => ({
    level: 'error',
    logger: 'validation',
    message: `Rejected message ${random.hex(10)}: field amount is missing`,
    fields: { queue: random.pick(TABLES) },
  }),
];

/** What a healthy program says next: mostly info, an error once in about 250 lines. */
export function chatter(random: Random, service: string): Saying {
  const chance = random.next();
  const makers = chance < 0.004 ? ERROR : chance < 0.03 ? WARN : chance < 0.15 ? DEBUG : INFO;
  return random.pick(makers)(random, service);
}

/** An error of a bad version; an exception has a stack trace. */
export function complaint(random: Random, error: string, service: string): Saying {
  const fields = { status: 500, path: random.pick(PATHS), request_id: uuid(random) };
  const saying: Saying = { level: 'error', logger: 'http.errors', message: error, fields };
  if (!/(Error|Exception):/.test(error)) return saying;
  return {
    ...saying,
    trace: [
      `app/models/${service.split('-')[0] ?? service}.rb:${random.integer(100, 130)}:in \`total'`,
      `app/services/settle.rb:${random.integer(20, 60)}:in \`block in call'`,
      "app/services/settle.rb:17:in `each'",
      "app/controllers/application_controller.rb:42:in `around'",
      "lib/middleware/request_id.rb:12:in `call'",
    ],
  };
}

/** An error that a service has with others. */
export function grief(random: Random, error: string): Saying {
  const fields = { attempt: random.integer(1, 3), request_id: uuid(random) };
  return { level: 'error', logger: 'worker', message: error, fields };
}
