import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { SECRETS } from './secrets.ts';
import { PRACTICE_KEY } from './servers/aws/credentials.ts';
import { routingKey } from './servers/pagerduty/events-v2.ts';
import type { WorldState } from './world/state.ts';

const OLDEST_SERVICE = 'mailer';

const PRIVATE = { mode: 0o600 };
const PROFILE = 'practice';
const CHANGE_KEYS = 'change-keys';
const changeKey = (service: string) => `${CHANGE_KEYS}/${service}.key`;

export interface ConfigPlace {
  readonly folder: string;
  readonly endpoints: { readonly pagerduty: string; readonly splunk: string; readonly aws: string };
  /** The certificate authority as PEM; null: plain HTTP. */
  readonly ca: string | null;
}

/** Writes what a tribe would provision on its jump host: `oncall.yaml` with tokens and credentials beside it. */
export async function writeConfigFolder(state: WorldState, place: ConfigPlace): Promise<string> {
  const { folder, ca } = place;
  await mkdir(join(folder, CHANGE_KEYS), { recursive: true, mode: 0o700 });
  const file = join(folder, 'oncall.yaml');
  const { accessKeyId, secretAccessKey } = PRACTICE_KEY;
  const credentials = `[${PROFILE}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await Promise.all([
    writeFile(join(folder, 'pagerduty.token'), `${SECRETS.pagerduty.user}\n`, PRIVATE),
    writeFile(join(folder, 'splunk.token'), `${SECRETS.splunk.token}\n`, PRIVATE),
    writeFile(join(folder, 'aws-credentials'), credentials, PRIVATE),
    ...state.services.map((service) =>
      writeFile(join(folder, changeKey(service.name)), `${routingKey(service)}\n`, PRIVATE),
    ),
    ...(ca === null ? [] : [writeFile(join(folder, 'ca.pem'), ca, PRIVATE)]),
    writeFile(file, stringify(configuration(state, place)), PRIVATE),
  ]);
  return file;
}

function configuration(state: WorldState, { folder, endpoints, ca }: ConfigPlace): Record<string, unknown> {
  const authority = ca === null ? {} : { ca_file: 'ca.pem' };
  const environment = (guarded: boolean) => ({
    guarded,
    aws: {
      region: state.region,
      profile: PROFILE,
      credentials_file: 'aws-credentials',
      endpoint: endpoints.aws,
      account: state.account,
      ...authority,
    },
    containers: { socket: `unix://${folder}/{instance}.sock` },
  });
  return {
    practice: true,
    tribe: 'Harbour',
    squads: state.squads.map((squad) => ({
      id: squad.id,
      name: squad.name,
      escalation_policy: squad.policyId,
      schedule: squad.scheduleId,
      slack_channel: squad.slackChannel,
    })),
    roles: Object.fromEntries(
      state.roles.map((role) => [
        role.name,
        {
          schedule: role.policyId,
          ...(role.hours === null ? {} : { hours: role.hours }),
          time_zone: role.timeZone,
        },
      ]),
    ),
    default_environment: 'prod',
    environments: { prod: environment(true), test: environment(false) },
    systems: {
      pagerduty: {
        url: endpoints.pagerduty,
        events_url: endpoints.pagerduty,
        token: { file: 'pagerduty.token' },
        ...authority,
      },
      splunk: {
        url: endpoints.splunk,
        token: { file: 'splunk.token' },
        web_url: endpoints.splunk,
        ...authority,
      },
    },
    services: Object.fromEntries(
      state.services.map((service) => [
        service.name,
        {
          squad: service.squad,
          pagerduty_service: service.pagerId,
          change_events_key: { file: changeKey(service.name) },
          image: service.repository,
          ...logsOf(service.name),
          runbook: `https://runbooks.harbour.example/${service.name}`,
          environments: { prod: { stack: service.stacks.prod }, test: { stack: service.stacks.test } },
        },
      ]),
    ),
  };
}

/** Splunk holds the tribe's logs, but for the oldest service, whose lines still go to CloudWatch. */
function logsOf(service: string): object {
  if (service === OLDEST_SERVICE) return { log_group: `/harbour/{environment}/${service}` };
  return { logs: { index: 'app', where: { service, environment: '{environment}' } } };
}
