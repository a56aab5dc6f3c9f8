/**
 * Labelled lines: each is made from one of these templates, and that is its label. `{kind}` is a value, drawn by seed.
 * How often a template comes falls off as in real logs (the i-th 1/√i times as often as the first), each at least 6 times.
 */
export const TEMPLATES: readonly string[] = [
  'GET {path} completed with {status} in {ms}ms',
  'Finished job {hex} from queue {table} in {ms}ms',
  'Published {topic} to topic {table} at offset {int}',
  'Refreshed {int} keys from {table}',
  'Upstream {service} answered in {ms}ms',
  'SELECT {int} row from {table} ({float}ms)',
  'Collected {int} MB in {ms}ms',
  'Retrying {service} after {int} attempts: read timed out',
  'Slow query on {table} took {ms}ms',
  'Client {ip} sends a header that will be ignored from 2027 on',
  'Connection to {ip}:5432 reset by peer',
  'Connection from {ip}:{int} accepted',
  'Rejected message {hex}: field amount is missing',
  "NoMethodError: undefined method `{word}' for nil:NilClass",
  'Session {uuid} opened for user {user}',
  'Session {uuid} closed for user {user}',
  'User {user} logged in from {ip}',
  'User {user} locked after {int} failed attempts',
  'Password of user {user} expires in {int} days',
  'Charge {uuid} of {float} {currency} captured by {provider}',
  'Charge {uuid} of {float} {currency} refused by {provider}',
  'Refund {uuid} booked on account {int}',
  'Cache hit for key {table}:{int}',
  'Cache miss for key {table}:{int}',
  'Starting worker pool with {int} threads',
  'Stopping worker pool with {int} threads',
  'Worker {int} started',
  'Worker {int} stopped',
  'Lease on partition {int} taken over by {instance}',
  'Heartbeat of {instance} is {int} s late',
  'Disk {device} is {int}% full',
  'Mail to {user}@harbour.example bounced: mailbox full',
  'Wrote {int} bytes to {file}',
  'Cannot open {file}: permission denied',
  'Circuit to {service} opened after {int} failures',
  'Circuit to {service} closed again',
  'Feature {word} enabled for tenant {user}',
  'Token of {service} expires in {minutes}',
  'Migration {int} applied to {table} in {minutes}',
  'Listening on {ip}:{int}',
  'Configuration loaded from {file}',
  'Configuration reloaded: {int} keys changed',
  'Health check of {service} failed: HTTP {status}',
  'Dead letter queue of {table} has {int} messages',
  'Deadlock found when trying to get lock on {table}; restarting transaction {hex}',
  'Request {uuid} rejected: rate limit of {int} per minute reached by "{quoted}"',
  'event=settled batch={hex} entries={int} state={word}',
  'Shutting down on SIGTERM, {int} requests in flight',
];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  path: ['/v1/charges', '/v1/accounts', '/orders', '/sessions/{int}', '/messages', '/healthz'],
  table: ['accounts', 'entries', 'sessions', 'outbox', 'orders'],
  topic: ['charge.created', 'order.paid', 'session.opened', 'entry.booked'],
  service: ['fx-rates', 'profile-api', 'price-book', 'audit-trail'],
  word: ['cents', 'total', 'currency', 'rate', 'holder', 'state'],
  user: ['dora', 'emil', 'frida', 'gustav', 'hanna', 'ivar', 'jonna', 'kalle', 'lova', 'milo'],
  currency: ['EUR', 'SEK', 'GBP'],
  provider: ['adyen', 'stripe', 'klarna', 'nets'],
  quoted: ['mobile app', 'web', 'partner of a partner', 'batch'],
  file: ['/var/log/app/out.log', '/etc/app/app.yaml', '/tmp/export.csv', '/srv/data/ledger.db'],
  device: ['/dev/sda', '/dev/sdb', '/dev/nvme'],
  status: ['200', '404', '500', '503'],
};

export type Random = () => number;

/** Mulberry32: the same numbers for a seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Labelled {
  readonly text: string;
  readonly label: number;
}

export function corpus(random: Random, about: number): Labelled[] {
  const lines = TEMPLATES.flatMap((template, label) =>
    Array.from({ length: Math.max(6, Math.round(about / 12 / Math.sqrt(label + 1))) }, () => ({
      text: filled(template, random),
      label,
    })),
  );
  return shuffled(lines, random);
}

export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function filled(template: string, random: Random): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, kind: string) => value(kind, random));
}

function value(kind: string, random: Random): string {
  const whole = (below: number) => Math.floor(random() * below);
  const hex = (length: number) => Array.from({ length }, () => whole(16).toString(16)).join('');
  const words = WORDS[kind];
  if (words !== undefined) return filled(words[whole(words.length)] ?? '', random);
  switch (kind) {
    case 'hex':
      return hex(12);
    case 'uuid':
      return [8, 4, 4, 4, 12].map(hex).join('-');
    case 'ip':
      return `10.20.${whole(40)}.${whole(250)}`;
    case 'instance':
      return `i-${hex(8)}`;
    case 'float':
      return (random() * 900).toFixed(2);
    case 'minutes':
      return `${whole(50)}m${whole(60)}s`;
    default:
      return String(whole(10 ** (1 + whole(5))));
  }
}
