import { Failure } from '../../model/failure.ts';
import { type Instant, MINUTE } from '../../model/instant.ts';
import type { SignalChange } from '../../model/ports/monitors.ts';
import { SYSTEM } from './failure.ts';
import type { CommandForm } from './form.ts';
import { readLocalTime } from './local-time.ts';
import { fromId } from './object-id.ts';

/** Numbers of the commands: nagioscore, include/common.h (CMD_*); those on hosts are numbers of their own. */
const TYPES = {
  acknowledge: { service: '34', host: '33' },
  downtime: { service: '56', host: '55' },
} as const;
/** nagioscore, cgi/cmd.c: MAX_COMMENT_LENGTH, less what may be put before it. */
const LONGEST_COMMENT = 900;

export type NagiosChange = Exclude<SignalChange, { kind: 'assign' }>;
type Fields = Readonly<Record<string, string>>;

/** What the form is asked for by. */
export function formFields({ kind, id }: NagiosChange): Fields {
  const { host, service } = fromId(id);
  return service === null
    ? { cmd_typ: TYPES[kind].host, host }
    : { cmd_typ: TYPES[kind].service, host, service };
}

/**
 * What is sent back. A downtime's times are Nagios's own clock on the wall: the form brings what that shows now, so
 * that no zone need be known; from there it is counted on. Over a change to or from summer time the end is an hour off.
 * @param now the server's clock
 */
export function commitFields(change: NagiosChange, form: CommandForm, from: string, now: Instant): Fields {
  const told = change.comment.replace(/\s+/g, ' ').trim().slice(0, LONGEST_COMMENT);
  const common = {
    ...formFields(change),
    com_author: from,
    com_data: form.authorLocked && !told.includes(from) ? `${from}: ${told}` : told,
  };
  if (change.kind === 'acknowledge') {
    return { ...common, sticky_ack: 'on', ...(form.tellsContacts ? { send_notification: 'on' } : {}) };
  }
  const start = form.startTime === null ? null : readLocalTime(form.startTime, now);
  if (start === null) {
    throw new Failure(SYSTEM, 'unreadable', 'Nagios writes times in a way that is not known here.');
  }
  const end = start.later(change.seconds);
  if (end === null) {
    const text = `On ${start.text} Nagios does not show whether months or days come first: let the downtime end before its midnight.`;
    throw new Failure(SYSTEM, 'invalid', text);
  }
  const minutes = Math.ceil((change.seconds * 1000) / MINUTE);
  return {
    ...common,
    start_time: start.text,
    end_time: end,
    fixed: '1',
    trigger: '0',
    hours: String(Math.floor(minutes / 60)),
    minutes: String(minutes % 60),
  };
}
