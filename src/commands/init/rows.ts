import type { Config } from '../../config/schema.ts';

export type SystemName = keyof Config['systems'];
/** Settings of a system, as they were answered so far. */
export type Settings = Readonly<Record<string, unknown>>;

/** How one system is asked about. A system without a row is asked for what its part of the schema needs. */
export interface SystemRow {
  readonly title: string;
  /** What it is for, beside its title. */
  readonly about: string;
  /** What kind of token. */
  readonly token: string;
  /** Keys that it could do without, and that are asked all the same. */
  readonly also?: (settings: Settings) => readonly string[];
  /** What Enter takes for a key; undefined: the schema's default. */
  readonly usual?: (key: string, settings: Settings) => string | undefined;
  /** What it means to leave a key open that could do without. */
  readonly open?: Readonly<Record<string, string>>;
}

const USERNAME = () => ['username'];

/** In the order in which they are asked; PagerDuty, without which there is nothing to show, comes first. */
export const ROWS: { readonly [S in SystemName]?: SystemRow } = {
  pagerduty: {
    title: 'PagerDuty',
    about: 'incidents, and who is on call',
    token: 'an API user token: My Profile, User Settings, Create API User Token',
    also: ({ url }) => (isCloud(url, 'pagerduty.com') ? [] : ['events_url']),
    usual: (key, { url }) => (key === 'events_url' ? String(url) : undefined),
  },
  splunk: {
    title: 'Splunk',
    about: 'logs',
    token: 'a bearer token, or the password of a user',
    also: () => ['username', 'web_url'],
    open: { username: 'none, the token is a bearer token', web_url: 'no links to its web pages' },
  },
  github: {
    title: 'GitHub',
    about: 'what changed between two versions',
    token: 'reading: Contents and Pull requests, or the scope repo',
  },
  buildkite: {
    title: 'Buildkite',
    about: 'builds and deploys, and what waits to be unblocked',
    token:
      'an API access token with read_builds, read_pipelines, read_organizations; write_builds to unblock',
  },
  jenkins: {
    title: 'Jenkins',
    about: 'builds and deploys, and what waits for input',
    token: 'an API token of that user',
  },
  bamboo: { title: 'Bamboo', about: 'deployments', token: 'a personal access token' },
  registry: {
    title: 'Docker registry',
    about: 'images that are not in ECR',
    token: 'a password, or a token',
    also: USERNAME,
    open: { username: 'none' },
  },
  newrelic: {
    title: 'New Relic',
    about: 'issues, and a mark for each rollback',
    token: 'a user key (NRAK-…)',
    also: ({ url }) => (url === undefined ? ['region'] : []),
    open: { url: 'New Relic’s own' },
  },
  nagios: { title: 'Nagios', about: 'problems of hosts and services', token: 'the password of that user' },
  zendesk: { title: 'Zendesk', about: 'tickets of customers', token: 'an API token of that agent' },
  slack: {
    title: 'Slack',
    about: 'tells squads of rollbacks',
    token: 'a bot token (xoxb-…) with channels:read, channels:history, chat:write',
  },
  leankit: {
    title: 'Leankit',
    about: 'what is about to go out, from the board’s Deploy lane',
    token: 'an API token',
    also: () => ['lane'],
  },
  pact: {
    title: 'Pact Broker',
    about: 'whether a version fits what runs around it',
    token: 'a bearer token, or a password',
    also: USERNAME,
    open: { username: 'none, the token is a bearer token' },
  },
};

export function isCloud(url: unknown, domain: string): boolean {
  const host = typeof url === 'string' ? URL.parse(url)?.hostname : undefined;
  return host === domain || host?.endsWith(`.${domain}`) === true;
}
