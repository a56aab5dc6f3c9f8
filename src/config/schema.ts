import * as z from 'zod';
import { deployKeys } from './deploy-keys.ts';
import { bambooKeys } from './systems/bamboo.ts';
import { buildkiteKeys } from './systems/buildkite.ts';
import { repositoryKeys } from './systems/github.ts';
import { systemsSchema } from './systems/index.ts';
import { jenkinsKeys } from './systems/jenkins.ts';
import { nagiosObjects } from './systems/nagios.ts';
import { secretSchema, systemUrl } from './systems/parts.ts';
import { holidaySchema, isoDate, weekdayNames } from './workdays.ts';

const squadSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  escalation_policy: z.string().describe('Id of the PagerDuty escalation policy that a re-route sets.'),
  schedule: z.string().optional(),
  slack_channel: z.string().optional(),
});

const roleSchema = z.strictObject({
  schedule: z.string().describe('Id of the PagerDuty schedule or escalation policy of this role.'),
  hours: z
    .string()
    .regex(/^\d\d:\d\d-\d\d:\d\d$/)
    .optional(),
  days: z
    .array(z.enum(weekdayNames))
    .min(1)
    .default(['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
    .describe('Its workdays. Hours that go over midnight hold on every day, and all day where nobody works.'),
  time_zone: z.string().default('UTC').describe('Of its hours and days, such as Europe/London.'),
});

const awsSchema = z.strictObject({
  region: z.string(),
  profile: z.string().optional(),
  credentials_file: z.string().optional().describe('Instead of ~/.aws/credentials; relative to this file.'),
  role_arn: z.string().optional(),
  endpoint: systemUrl.optional(),
  ca_file: z.string().optional(),
  account: z.string().optional().describe('Refuse to act when the credentials belong to another account.'),
  live_tail: z
    .boolean()
    .optional()
    .describe(
      'Follow CloudWatch logs through Live Tail, within a second. AWS bills each minute of each session: one is open while somebody looks at such a log. Default: false, they are polled.',
    ),
});

const containersSchema = z.strictObject({
  socket: z
    .string()
    .optional()
    .describe('unix:// URL of a Docker Engine socket; {instance} and {address} are filled in.'),
  ssh: z
    .strictObject({
      host: z
        .string()
        .default('{address}')
        .describe('Host as ssh knows it; {instance} and {address} are filled in.'),
      user: z.string().optional(),
      port: z.int().optional(),
      config: z.string().optional().describe('ssh_config file (ssh -F); relative to this file.'),
      jump: z.string().optional().describe('Jump host (ssh -J).'),
      docker_socket: z.string().default('/var/run/docker.sock'),
    })
    .optional(),
});

export const environmentSchema = z.strictObject({
  guarded: z.boolean().default(false),
  aws: awsSchema.optional(),
  containers: containersSchema.optional(),
});

const placementSchema = z.strictObject({
  stack: z.string(),
  image_parameter: z.string().default('ImageTag'),
});

export const serviceSchema = z.strictObject({
  squad: z.string(),
  pagerduty_service: z.string().optional(),
  change_events_key: secretSchema
    .optional()
    .describe(
      'Integration key of that PagerDuty service (Events API v2): what was done shows as a change event.',
    ),
  image: z.string().optional().describe('Image repository without registry and tag.'),
  ...repositoryKeys,
  registry: z
    .boolean()
    .optional()
    .describe('Its image is in systems.registry. Default: false, it is in ECR.'),
  pacticipant: z.string().optional().describe('Its name in the Pact Broker of systems.pact.'),
  logs: z
    .strictObject({ index: z.string(), where: z.record(z.string(), z.string()) })
    .optional()
    .describe(
      'Splunk index, and fields with their values that select the service; {environment} is filled in.',
    ),
  log_group: z
    .string()
    .optional()
    .describe('CloudWatch log group of a service that does not log to Splunk; {environment} is filled in.'),
  alarms: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'How names of CloudWatch alarms begin that are this service’s, beside those that begin with its name or stack; {environment} is filled in.',
    ),
  dead_letter_queues: z
    .array(z.string().min(1))
    .default([])
    .describe('SQS queues that have to be empty, alarm or not; {environment} is filled in.'),
  functions: z
    .array(z.string().min(1))
    .default([])
    .describe('Lambda functions that have to run without errors, alarm or not; {environment} is filled in.'),
  newrelic_entity: z
    .record(
      z.string(),
      z.string().regex(/^[\w+/=-]+$/, { error: 'an entity GUID has letters and digits alone' }),
    )
    .optional()
    .describe('GUID of its entity in New Relic, by environment.'),
  nagios: nagiosObjects.optional().describe('What of Nagios belongs to it.'),
  runbook: z.url({ protocol: /^https?$/ }).optional(),
  ...deployKeys,
  ...bambooKeys,
  ...buildkiteKeys,
  ...jenkinsKeys,
  environments: z.record(z.string(), placementSchema).default({}),
});

/** `Fri 16:00`, or RFC 3339 with its offset. */
const FREEZE_TIME =
  /^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):[0-5]\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))$/;
const freezeTime = (what: string) =>
  z
    .string()
    .regex(FREEZE_TIME, { error: 'write 2026-12-20T00:00:00Z, or Fri 16:00 for every week' })
    .describe(`${what}: 2026-12-20T00:00:00Z, or Fri 16:00 for every week.`);

const freezeSchema = z.strictObject({
  from: freezeTime('When it begins'),
  to: freezeTime('When it is over'),
  time_zone: z.string().default('UTC').describe('Of weekly times.'),
  environments: z.array(z.string()).min(1).optional().describe('Default: all of them.'),
  services: z.array(z.string()).min(1).optional().describe('Default: all of them.'),
  reason: z.string().min(1).describe('Shown to whoever is refused.'),
});

/** `oncall.yaml`: one file for a tribe. Paths in it are relative to it. */
export const configSchema = z.strictObject({
  practice: z.boolean().default(false),
  tribe: z.string(),
  squads: z.array(squadSchema).min(1),
  roles: z.record(z.string(), roleSchema).default({}),
  holidays: z
    .array(holidaySchema)
    .default([])
    .describe(
      'Public holidays: the role whose hours go over midnight has the duty all day. Days begin and end as in the time zone of each role.',
    ),
  working_days: z
    .array(isoDate)
    .default([])
    .describe('Dates that are worked on all the same, such as a Saturday that makes up for a bridge day.'),
  default_environment: z.string(),
  environments: z.record(z.string(), environmentSchema),
  systems: systemsSchema,
  services: z.record(z.string(), serviceSchema),
  migration_labels: z
    .array(z.string().min(1))
    .default(['oncall.database', 'oncall.queues'])
    .describe(
      'Labels of images that say which version of the database and of the messages in its queues an image works with. A rollback to an image with other values warns, and so does one without them; an empty list compares nothing.',
    ),
  freeze: z
    .array(freezeSchema)
    .default([])
    .describe('Times in which nothing is changed in an environment without --override-freeze REASON.'),
  read_only: z.boolean().default(false),
  proxy: systemUrl.optional(),
});

/** `user.yaml`: one person's; merges over `oncall.yaml`. */
export const userSchema = z.strictObject({
  email: z.email().optional(),
  tokens: z.record(z.string(), secretSchema).default({}),
  read_only: z.boolean().optional(),
  bell: z.boolean().default(true),
  theme: z
    .enum(['standard', 'colour-blind', 'plain'])
    .default('standard')
    .describe(
      'Colours of the cockpit: those of your terminal; blue and orange without red against green; none.',
    ),
  characters: z
    .enum(['auto', 'unicode', 'ascii'])
    .default('auto')
    .describe('auto: ASCII where the locale is not UTF-8 or the terminal has few signs (TERM=linux, vt100).'),
  reduced_motion: z
    .boolean()
    .default(false)
    .describe('What changes by itself is drawn once in five seconds at most; keys answer as ever.'),
  screen_reader: z
    .boolean()
    .default(false)
    .describe('One pane at a time, in words and without frames, on the normal screen.'),
  keys: z.record(z.string(), z.string()).default({}),
});

export type Config = z.infer<typeof configSchema>;
export type UserConfig = z.infer<typeof userSchema>;
