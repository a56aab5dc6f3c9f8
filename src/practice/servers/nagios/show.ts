import type { Instant } from '../../../model/instant.ts';
import type { Comment, Downtime, Seen } from './book.ts';

/** nagioscore, include/statusdata.h: what the words are without `formatoptions=enumerate`. */
const NUMBERS: Readonly<Record<string, number>> = {
  ok: 2,
  warning: 4,
  unknown: 8,
  critical: 16,
  up: 2,
  down: 4,
  unreachable: 8,
  soft: 0,
  hard: 1,
  none: 0,
  normal: 1,
  sticky: 2,
  active: 0,
  passive: 1,
};
const ACKNOWLEDGEMENT_ENTRY = 4;
const DOWNTIME_ENTRY = 2;

export type Words = (word: string) => string | number;

export const asWords: Words = (word) => word;
export const asNumbers: Words = (word) => NUMBERS[word] ?? word;

/** Times in milliseconds, as statusjson.cgi gives them: nagioscore, cgi/statusjson.c */
export function showCheck(check: Seen, now: Instant, word: Words): Record<string, unknown> {
  const { host, service, status, attempt, most, since } = check;
  const looked = Math.max(since, now - (now % 30_000));
  const well = status === 'ok' || status === 'up';
  return {
    ...(service === null ? { name: host } : { host_name: host, description: service }),
    plugin_output: check.output,
    long_plugin_output: '',
    perf_data: '',
    max_attempts: most,
    current_attempt: attempt,
    status: word(status),
    last_update: whole(now),
    has_been_checked: true,
    should_be_scheduled: !check.passive,
    last_check: whole(looked),
    check_options: 0,
    check_type: word(check.passive ? 'passive' : 'active'),
    checks_enabled: !check.passive,
    last_state_change: whole(since),
    last_hard_state_change: whole(since),
    state_type: word(well || attempt >= most ? 'hard' : 'soft'),
    notifications_enabled: true,
    problem_has_been_acknowledged: check.acknowledged !== null,
    acknowledgement_type: word(check.acknowledged ?? 'none'),
    accept_passive_checks: true,
    is_flapping: false,
    percent_state_change: 0,
    scheduled_downtime_depth: check.downtimes,
  };
}

export function showComment(comment: Comment, word: Words): Record<string, unknown> {
  const { id, kind, host, service, author, text, at } = comment;
  const entry = kind === 'acknowledgement' ? ACKNOWLEDGEMENT_ENTRY : DOWNTIME_ENTRY;
  return {
    comment_id: id,
    comment_type: word === asWords ? (service === null ? 'host' : 'service') : service === null ? 1 : 2,
    entry_type: word === asWords ? kind : entry,
    source: 0,
    persistent: false,
    entry_time: whole(at),
    expires: false,
    expire_time: 0,
    host_name: host,
    ...(service === null ? {} : { service_description: service }),
    author,
    comment_data: text,
  };
}

export function showDowntime(downtime: Downtime, now: Instant): Record<string, unknown> {
  const { id, host, service, author, text, at, start, end } = downtime;
  return {
    downtime_id: id,
    type: service === null ? 'host' : 'service',
    host_name: host,
    ...(service === null ? {} : { service_description: service }),
    entry_time: whole(at),
    start_time: whole(start),
    flex_downtime_start: 0,
    end_time: whole(end),
    fixed: true,
    triggered_by: 0,
    duration: (end - start) / 1000,
    is_in_effect: start <= now,
    author,
    comment: text,
  };
}

/** The daemon counts in seconds. */
export function whole(at: Instant): Instant {
  return at - (at % 1000);
}
