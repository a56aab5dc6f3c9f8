/** What Splunk says when it has no room for one more search, with its numbers. */
interface Quota {
  readonly used: string;
  readonly limit: string;
}

/**
 * A quota that is used up, in one sentence with its numbers and what helps; null: the text is of something else.
 * Numbers stand as `current_concurrency=10, concurrency_limit=10` or `usage=6 quota=6`, for disk as `usage=600MB quota=500MB`:
 * http://wiki.splunk.com/Community:TroubleshootingSearchQuotas and authorize.conf.spec (srchJobsQuota, srchDiskQuota).
 */
export function quotaSentence(text: string): string | null {
  const disk = /maximum disk usage quota/i.test(text);
  if (
    !disk &&
    !/maximum number of (concurrent .*searches|historical concurrent)|concurrency limit/i.test(text)
  )
    return null;
  const numbers = numbersOf(text);
  if (disk) {
    const sizes = numbers === null ? '' : `: ${numbers.used} of ${numbers.limit}`;
    return `Splunk keeps too many results of yours${sizes}. Delete old jobs in Splunk (Activity, Jobs), or have srchDiskQuota raised.`;
  }
  const searches =
    numbers === null ? 'as many searches as it may' : `${numbers.used} of at most ${numbers.limit} searches`;
  return `Splunk runs ${searches}${whose(text)}. This one was not begun.`;
}

function numbersOf(text: string): Quota | null {
  const told = (name: string) => new RegExp(`\\b${name}=(\\d+(?:MB|GB)?)`, 'i').exec(text)?.[1];
  const used = told('current_concurrency') ?? told('usage') ?? told('current');
  const limit = told('concurrency_limit') ?? told('quota') ?? told('maximum');
  return used === undefined || limit === undefined ? null : { used, limit };
}

function whose(text: string): string {
  if (/on this instance|instance-wide/i.test(text)) return ' for all its users';
  if (/\brole\b|role[-_ ]based|role[-_]level/i.test(text)) return ' for your role';
  return ' for you';
}
