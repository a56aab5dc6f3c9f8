/** The practice world's tokens. They open nothing but a server on this machine's loopback. */
export const SECRETS = {
  pagerduty: {
    /** Belongs to the person whom the story is about: `/users/me` knows them. */
    user: 'u+practice-sam-okafor',
    /** Belongs to the account: `/users/me` refuses it. */
    account: 'y_practice-account-key',
  },
  splunk: { token: 'practice.splunk.token', username: 'oncall', password: 'practice-splunk-password' },
} as const;
