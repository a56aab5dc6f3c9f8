import { awsServer } from './aws/index.ts';
import { bambooServer } from './bamboo/index.ts';
import { buildkiteServer } from './buildkite/index.ts';
import { githubServer } from './github/index.ts';
import { jenkinsServer } from './jenkins/index.ts';
import { leankitServer } from './leankit/index.ts';
import { nagiosServer } from './nagios/index.ts';
import { newRelicServer } from './newrelic/index.ts';
import { pactServer } from './pact/index.ts';
import { pagerDutyServer } from './pagerduty/index.ts';
import { registryServer } from './registry/index.ts';
import type { PracticeServer } from './server.ts';
import { slackServer } from './slack/index.ts';
import { splunkServer } from './splunk/index.ts';
import { zendeskServer } from './zendesk/index.ts';

/** The wire protocols that the practice world speaks on a port of their own. */
export function portServers(): PracticeServer[] {
  return [
    pagerDutyServer(),
    splunkServer(),
    awsServer(),
    slackServer(),
    newRelicServer(),
    githubServer(),
    bambooServer(),
    nagiosServer(),
    registryServer(),
    pactServer(),
    zendeskServer(),
    buildkiteServer(),
    leankitServer(),
    jenkinsServer(),
  ];
}
