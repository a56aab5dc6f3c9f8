import { describe, expect, it } from 'vitest';
import { quotaSentence } from '../../../src/systems/splunk/quota.ts';

describe('a quota of Splunk that is used up', () => {
  it.each([
    [
      'Search not executed: The maximum number of concurrent historical searches on this instance has been reached., concurrency_category="historical", concurrency_context="instance-wide", current_concurrency=38, concurrency_limit=38',
      'Splunk runs 38 of at most 38 searches for all its users. This one was not begun.',
    ],
    [
      'Your maximum number of concurrent searches has been reached. usage=5 quota=5 The search was not run. SearchId=1297306320.3',
      'Splunk runs 5 of at most 5 searches for you. This one was not begun.',
    ],
    [
      'The maximum number of concurrent historical searches for this role has been reached.',
      'Splunk runs as many searches as it may for your role. This one was not begun.',
    ],
    [
      'Your maximum disk usage quota has been reached. usage=6000MB quota=1000MB The search was not run. SearchId=123456789.3',
      'Splunk keeps too many results of yours: 6000MB of 1000MB. Delete old jobs in Splunk (Activity, Jobs), or have srchDiskQuota raised.',
    ],
    ['Unknown search command ‘froop’.', null],
  ])('%s', (text, sentence) => {
    expect(quotaSentence(text)).toBe(sentence);
  });
});
