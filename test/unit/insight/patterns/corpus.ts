import { TUNED } from './templates.ts';

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
  agent: ['curl/8.{int}', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/{int}.0', 'kube-probe/1.{int}'],
  host: ['web-{int}', 'db-{int}.harbour.example', 'ip-10-20-{int}-{int}'],
  unit: ['charge-central.service', 'node_exporter.service', 'Session {int} of user root'],
  namespace: ['billing', 'kube-system', 'ledger'],
  pod: ['charge-central-{hex}', 'fx-rates-{hex}', 'mailer-{hex}'],
  email: ['{user}@harbour.example', '{user}.{int}@example.org', 'no-reply@{host}'],
  ids: ['{int}', '{int}, {int}', '{int}, {int}, {int}, {int}', '{int},{int},{int}'],
  dur: ['{int}ms', '{float}s', '{int}m{int}s', '{int}µs'],
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

/** Lines of those templates, each with the index of its own, in any order. */
export function corpus(random: Random, about: number, templates = TUNED): Labelled[] {
  const lines = templates.flatMap((template, label) =>
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
  return template.replaceAll(/\{([a-z]+)\}/g, (_, kind: string) => value(kind, random));
}

function value(kind: string, random: Random): string {
  const whole = (below: number) => Math.floor(random() * below);
  const hex = (length: number) => Array.from({ length }, () => whole(16).toString(16)).join('');
  const words = WORDS[kind];
  if (words !== undefined) return filled(words[whole(words.length)] ?? '', random);
  const moment = new Date(Date.UTC(2026, 10, 17, 3) + whole(3_600_000));
  const iso = moment.toISOString();
  switch (kind) {
    case 'iso':
      return iso;
    case 'slash':
      return iso.slice(0, 19).replaceAll('-', '/').replace('T', ' ');
    case 'clf':
      return `17/Nov/2026:${iso.slice(11, 19)} +0000`;
    case 'syslog':
      return `Nov 17 ${iso.slice(11, 19)}`;
    case 'klog':
      return `1117 ${iso.slice(11, 23)}000`;
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
