import { Failure } from '../../model/failure.ts';
import type { Alert, Incident, OnCall } from '../../model/incident.ts';
import { DAY, MINUTE, rfc3339 } from '../../model/instant.ts';
import type { Pager } from '../../model/ports/pager.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { toWrite } from './changes.ts';
import { MOST, openClient, PAGE, type Parameters } from './client.ts';
import { SYSTEM } from './failure.ts';
import { toAlert, toChange, toIncident, toLogEntry, toNote, toOnCall, toPerson } from './to-model.ts';
import * as wire from './wire.ts';

/** Keeps the URL under PagerDuty's 4 KB. */
const POLICIES_AT_ONCE = 100;
/** `since` and `until` may lie six months apart at most: https://developer.pagerduty.com/api-reference (List incidents) */
const LONGEST_SPAN = 179 * DAY;
/** More high-urgency incidents of one service than this tell nothing new. */
const MOST_URGENT = 1_000;
/** Entries of one incident's log, and changes of one service: ten pages, and one. */
const LOG_READ = 1_000;
const CHANGES_READ = 100;
const INCLUDE_PEOPLE = { 'include[]': ['assignees', 'acknowledgers'] };

export function openPager(deps: AdapterDeps): Pager {
  const client = openClient(deps);
  const { loaded, transport } = deps;
  const { catalog } = loaded;
  const path = (id: string, part = '') => `/incidents/${encodeURIComponent(id)}${part}`;

  async function incident(id: string, signal?: AbortSignal): Promise<Incident> {
    const answer = await client.get(path(id), INCLUDE_PEOPLE, signal);
    return toIncident(catalog, decode(SYSTEM, 'an incident', wire.incidentAnswer, answer).incident);
  }

  async function onCallOf(policies: readonly string[], signal?: AbortSignal): Promise<OnCall[]> {
    const found: OnCall[] = [];
    for (let more = true, offset = 0; more && offset + PAGE <= MOST; offset += PAGE) {
      const parameters = {
        earliest: 'true',
        'escalation_policy_ids[]': policies,
        'include[]': ['users'],
        limit: String(PAGE),
        offset: String(offset),
      };
      const answer = await client.get('/oncalls', parameters, signal);
      const page = decode(SYSTEM, 'who is on call', wire.onCallsAnswer, answer);
      found.push(...page.oncalls.map(toOnCall));
      more = page.more === true && page.oncalls.length > 0;
    }
    return found;
  }

  /** The newest entries; of an older part the overview alone, which leaves out who was notified how. */
  async function logOf(id: string, signal?: AbortSignal) {
    const read = (parameters: Parameters) =>
      client.newest(
        path(id, '/log_entries'),
        'log_entries',
        wire.logEntry,
        { 'include[]': ['channels'], ...parameters },
        LOG_READ,
        signal,
      );
    const newest = await read({});
    if (!newest.more) return { entries: newest.items, whole: true };
    const known = new Set(newest.items.map((entry) => entry.id));
    const important = await read({ is_overview: 'true' });
    const older = important.items.filter((entry) => !known.has(entry.id));
    return { entries: [...newest.items, ...older], whole: false };
  }

  async function alertsOf(id: string, signal?: AbortSignal): Promise<readonly Alert[]> {
    const found = await client.list(path(id, '/alerts'), 'alerts', wire.alert, {}, signal);
    return found.map(toAlert).sort((one, other) => one.at - other.at);
  }

  return {
    async openIncidents(signal) {
      const parameters = {
        'statuses[]': ['triggered', 'acknowledged'],
        // Without it the list ends one month back.
        date_range: 'all',
        sort_by: 'created_at:desc',
        ...INCLUDE_PEOPLE,
      };
      const found = await client.list('/incidents', 'incidents', wire.incident, parameters, signal);
      return found
        .map((one) => toIncident(catalog, one))
        .sort((one, other) => other.triggeredAt - one.triggeredAt || other.number - one.number);
    },

    async urgentSince(service, since, signal) {
      if (service.pagerService === null) {
        const text = `Its service in PagerDuty is not known: set services.${service.name}.pagerduty_service.`;
        throw new Failure(SYSTEM, 'not_configured', text);
      }
      const now = transport.now(SYSTEM);
      const parameters = {
        'service_ids[]': [service.pagerService],
        'statuses[]': ['triggered', 'acknowledged', 'resolved'],
        'urgencies[]': ['high'],
        since: rfc3339(Math.max(since, now - LONGEST_SPAN)),
        // Without it a span of six months could be one that ends later than ours.
        until: rfc3339(now + MINUTE),
        sort_by: 'created_at:desc',
      };
      const found = await client.newest(
        '/incidents',
        'incidents',
        wire.incident,
        parameters,
        MOST_URGENT,
        signal,
      );
      return found.items
        .map((one) => toIncident(catalog, one))
        .sort((one, other) => other.triggeredAt - one.triggeredAt || other.number - one.number);
    },

    incidents: (ids, signal) => Promise.all(ids.map((id) => incident(id, signal))),

    alerts: alertsOf,

    /** Four requests, more where the log is long; the transport lets three go at once. */
    async incident(id, signal) {
      const [head, alerts, notes, log] = await Promise.all([
        incident(id, signal),
        alertsOf(id, signal),
        client.get(path(id, '/notes'), {}, signal),
        logOf(id, signal),
      ]);
      return {
        incident: head,
        alerts,
        notes: decode(SYSTEM, 'notes', wire.notesAnswer, notes)
          .notes.map(toNote)
          .sort((one, other) => one.at - other.at),
        // Newest first as listed: what has the same second stays in the order in which it happened.
        log: log.entries
          .toReversed()
          .map(toLogEntry)
          .sort((one, other) => one.at - other.at),
        wholeLog: log.whole,
      };
    },

    async changes(pagerService, since, until, signal) {
      const span = { since: rfc3339(since), until: rfc3339(until) };
      const found = await client.newest(
        `/services/${encodeURIComponent(pagerService)}/change_events`,
        'change_events',
        wire.changeEvent,
        span,
        CHANGES_READ,
        signal,
      );
      return found.items.map(toChange).sort((one, other) => one.at - other.at);
    },

    async onCall(escalationPolicies, signal) {
      const found: OnCall[] = [];
      for (let from = 0; from < escalationPolicies.length; from += POLICIES_AT_ONCE) {
        found.push(...(await onCallOf(escalationPolicies.slice(from, from + POLICIES_AT_ONCE), signal)));
      }
      return found;
    },

    async me(signal) {
      try {
        const answer = await client.get('/users/me', {}, signal);
        return toPerson(decode(SYSTEM, 'a user', wire.userAnswer, answer).user);
      } catch (error) {
        // An account's key has no user: PagerDuty answers 400 and the like, never with a user.
        if (error instanceof Failure && ['invalid', 'forbidden', 'not_found'].includes(error.code))
          return null;
        throw error;
      }
    },

    async change(change, from, signal) {
      await client.write(toWrite(change, from), signal);
    },
  };
}
