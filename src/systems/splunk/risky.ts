import { Failure } from '../../model/failure.ts';
import { SYSTEM } from './failure.ts';
import type { SplCommand } from './spl-commands.ts';

/**
 * Commands that do more than read, and what they do. Those of Splunk's own list, “Commands that trigger SPL safeguards”
 * (https://help.splunk.com/en/splunk-enterprise/administer/manage-users-and-security/10.2/best-practices-for-splunk-platform-security/spl-safeguards-for-risky-commands),
 * of its older ones (crawl, input: https://docs.splunk.com/Documentation/Splunk/7.0.0/Security/SPLsafeguards), of its AI
 * Toolkit and of DB Connect; and those that run a search whose text is not seen here.
 */
const RISKY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'deletes or writes data':
      'delete collect mcollect meventcollect tscollect summaryindex stash outputlookup outputcsv outputtext outputtelemetry dump crawl input createrss',
    'sends data out of Splunk': 'sendemail sendalert',
    'runs a program': 'run script runshellscript',
    'runs a search that is not seen here': 'map savedsearch',
    'asks for more than logs': 'rest dbxquery dbxlookup dbxoutput',
    'trains, changes or asks a model': 'fit deletemodel ai aiagent',
  }).flatMap(([what, names]) => names.split(' ').map((name) => [name, what] as const)),
);

/** Throws a `Failure` of code `invalid` where one of the commands does more than read. */
export function refuseRisky(commands: readonly SplCommand[]): void {
  for (const { name, args } of commands) {
    const what = RISKY.get(name);
    if (what !== undefined) throw refused(`“${name}” ${what}`);
    if (name === 'from' && /savedsearch\s*:/i.test(args)) {
      throw refused('“from savedsearch:” runs a search that is not seen here');
    }
  }
}

function refused(why: string): Failure {
  const text = `Not run: ${why}, and only reading is done from here. Take it out, or run it in Splunk itself.`;
  return new Failure(SYSTEM, 'invalid', text);
}
