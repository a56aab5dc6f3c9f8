import * as z from 'zod';
import { bamboo } from './bamboo.ts';
import { buildkite } from './buildkite.ts';
import { github } from './github.ts';
import { jenkins } from './jenkins.ts';
import { leankit } from './leankit.ts';
import { nagios } from './nagios.ts';
import { newrelic } from './newrelic.ts';
import { pact } from './pact.ts';
import { pagerduty } from './pagerduty.ts';
import { registry } from './registry.ts';
import { slack } from './slack.ts';
import { splunk } from './splunk.ts';
import { zendesk } from './zendesk.ts';

/** Where the systems are, and how to get their tokens: a row and a file each. AWS and containers go with an environment. */
export const systemsSchema = z.strictObject({
  bamboo: bamboo.optional(),
  buildkite: buildkite.optional(),
  nagios: nagios.optional(),
  newrelic: newrelic.optional(),
  pagerduty: pagerduty.optional(),
  slack: slack.optional(),
  splunk: splunk.optional(),
  github: github.optional(),
  registry: registry.optional(),
  pact: pact.optional(),
  zendesk: zendesk.optional(),
  leankit: leankit.optional(),
  jenkins: jenkins.optional(),
});
