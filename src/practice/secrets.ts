/** The practice world's tokens. They open nothing but a server on this machine's loopback. */
export const SECRETS = {
  pagerduty: {
    /** Belongs to the person whom the story is about: `/users/me` knows them. */
    user: 'u+practice-sam-okafor',
    /** Belongs to the account: `/users/me` refuses it. */
    account: 'y_practice-account-key',
  },
  github: { token: 'ghp_practice0sam0okafor' },
  newrelic: { userKey: 'NRAK-PRACTICE000000000000000' },
  slack: {
    token: 'xoxb-practice-oncall',
    /** Of an app that may write, and was not given the scopes to read. */
    writeOnly: 'xoxb-practice-write-only',
  },
  splunk: { token: 'practice.splunk.token', username: 'oncall', password: 'practice-splunk-password' },
  nagios: {
    username: 'oncall',
    password: 'practice-nagios-password',
    /** May log in, and is authorized for nothing. */
    stranger: { username: 'guest', password: 'practice-nagios-guest' },
  },
  registry: { username: 'oncall', password: 'practice-registry-password' },
  pact: { token: 'practice-pact-token' },
  bamboo: { token: 'practice-bamboo-token' },
  buildkite: {
    token: 'bkua_practice_sam_okafor',
    /** Of the same person, with the scope to read builds alone. */
    readOnly: 'bkua_practice_read_only',
  },
  leankit: { token: 'practice-leankit-token' },
  jenkins: {
    username: 'sam',
    token: 'practice-jenkins-token',
    /** May see jobs, and build none. */
    guest: { username: 'guest', token: 'practice-jenkins-guest' },
  },
  zendesk: { username: 'oncall@harbour.example', token: 'practice-zendesk-token' },
} as const;
