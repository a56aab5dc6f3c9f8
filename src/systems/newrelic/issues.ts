import { Failure } from '../../model/failure.ts';
import { DAY, MINUTE } from '../../model/instant.ts';
import type { Monitors } from '../../model/ports/monitors.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { NerdGraph } from './client.ts';
import { SYSTEM } from './failure.ts';
import { subjectOf, toSignal } from './to-signal.ts';
import { ACKNOWLEDGE, acknowledgeData, ISSUES, type Issue, type IssuesData, issuesData } from './wire.ts';

/** Without a window those of the last 24 hours come alone. An issue is closed by itself after three days, as a rule. */
const WINDOW = 7 * DAY;
const MOST_PAGES = 20;
const ACTIVE = 'ACTIVATED';

/** New Relic's issues: incidents of its alerts and anomalies, put together. */
export function openIssues(deps: AdapterDeps): Monitors {
  const { loaded, transport } = deps;
  const graph = new NerdGraph(deps);

  /** The filter lets others through at times (they close while it looks): what is not active is left out here. */
  async function active(filter: object, signal?: AbortSignal): Promise<readonly Issue[]> {
    // Its clock is known from its first answer on, and the window is told on it.
    if (transport.requestCount(SYSTEM) === 0) await graph.whoAmI(signal);
    const now = transport.now(SYSTEM);
    const window = { startTime: now - WINDOW, endTime: now + MINUTE };
    const byId = new Map<string, Issue>();
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const asked = { account: graph.account, filter, window, cursor };
      const data: IssuesData = await graph.query('issues', issuesData, ISSUES, asked, signal);
      if (data.actor.account === null) throw noAccount();
      const { issues, nextCursor } = data.actor.account.aiIssues.issues;
      for (const issue of issues ?? []) byId.set(issue.issueId, issue);
      if (nextCursor === undefined || nextCursor === null || nextCursor === '') break;
      cursor = nextCursor;
    }
    return [...byId.values()].filter(({ state }) => state === ACTIVE);
  }

  function noAccount(): Failure {
    const text = `The user of this key sees no account ${graph.account} in New Relic: check systems.newrelic.account and region.`;
    return new Failure(SYSTEM, 'forbidden', text);
  }

  return {
    system: SYSTEM,
    can: ['acknowledge'],

    async signals(environment, signal) {
      return (await active({ states: [ACTIVE] }, signal)).flatMap((issue) => {
        const subject = subjectOf(loaded, issue);
        const elsewhere = subject.environment !== null && subject.environment !== environment;
        return elsewhere ? [] : [toSignal(issue, subject)];
      });
    },

    async signal(id, signal) {
      const [issue] = (await active({ ids: [id] }, signal)).filter(({ issueId }) => issueId === id);
      return issue === undefined ? null : toSignal(issue, subjectOf(loaded, issue));
    },

    /** In the name of the key's user: New Relic takes neither another name nor a comment. */
    async change(change, _from, signal) {
      if (change.kind !== 'acknowledge') {
        throw new Failure(SYSTEM, 'invalid', `New Relic knows no ${change.kind} of an issue.`);
      }
      const asked = { account: graph.account, issue: change.id };
      const data = await graph.mutate('an acknowledged issue', acknowledgeData, ACKNOWLEDGE, asked, signal);
      const { error, result } = data.aiIssuesAckIssue ?? {};
      if (!error && result !== null && result !== undefined) return;
      const why = transport.redact(error ?? 'it gives no reason');
      throw new Failure(SYSTEM, 'invalid', `New Relic did not acknowledge the issue: ${why}.`);
    },
  };
}
