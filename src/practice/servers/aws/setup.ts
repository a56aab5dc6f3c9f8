import type { WorldState } from '../../world/state.ts';
import type { Setup, SetupPlace } from '../server.ts';
import { PRACTICE_KEY } from './credentials.ts';

const PROFILE = 'practice';
/** The one service that does not log to Splunk. */
const OLDEST_SERVICE = 'mailer';

export function awsSetup({ region, account }: WorldState, { url, authority }: SetupPlace): Setup {
  const { accessKeyId, secretAccessKey } = PRACTICE_KEY;
  return {
    environment: {
      aws: {
        region,
        profile: PROFILE,
        credentials_file: 'aws-credentials',
        endpoint: url,
        account,
        live_tail: true,
        ...authority,
      },
    },
    service: ({ name }) => (name === OLDEST_SERVICE ? { log_group: `/harbour/{environment}/${name}` } : {}),
    files: {
      'aws-credentials': `[${PROFILE}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    },
  };
}
