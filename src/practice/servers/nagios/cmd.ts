import { HOUR, type Instant } from '../../../model/instant.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import type { Book, Command } from './book.ts';
import { checks } from './checks.ts';

/** Its machine's clock on the wall stands on Berlin's winter time. */
const OFFSET = HOUR;
const SHOWN_DOWNTIME = 2 * HOUR;

/** Numbers of the commands that are known here: nagioscore, include/common.h (CMD_*) */
const KINDS: Readonly<Record<string, { kind: Command['kind']; on: 'host' | 'service' }>> = {
  '33': { kind: 'acknowledge', on: 'host' },
  '34': { kind: 'acknowledge', on: 'service' },
  '55': { kind: 'downtime', on: 'host' },
  '56': { kind: 'downtime', on: 'service' },
};

export interface CommandUser {
  /** May give commands for hosts and services. */
  readonly commands: boolean;
}

/** cmd.cgi: nagioscore, cgi/cmd.c. Whatever becomes of a command, the answer is a page with HTTP 200. */
export function cmd(
  request: PracticeRequest,
  { world, book, user }: { world: World; book: Book; user: CommandUser },
): PracticeAnswer {
  const fields = new URLSearchParams(request.query);
  for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) fields.set(name, value);
  const id = formId(world);
  const type = KINDS[fields.get('cmd_typ') ?? ''];
  if (type === undefined) return page(id, error('Error: No command was specified'));
  if (fields.get('cmd_mod') !== '2') return page(id, form(id, type, fields, world.now()));
  if (!isOurs(request, fields, id)) return page(id, '<p>Error: Invalid or missing CSRF cookie!</p>');
  const host = fields.get('host') ?? '';
  const service = type.on === 'service' ? (fields.get('service') ?? '') : null;
  const exists = checks(world).some((one) => one.host === host && one.service === service);
  if (!exists || !user.commands) {
    return page(id, error('Sorry, but you are not authorized to commit the specified command.'));
  }
  const author = clean(fields.get('com_author'));
  const text = clean(fields.get('com_data'));
  if (author === '') return page(id, error('Author was not entered'));
  if (text === '') return page(id, error('Comment was not entered'));
  const common = { host, service, author, text };
  if (type.kind === 'acknowledge') {
    book.tell(world, { ...common, kind: 'acknowledge', sticky: fields.has('sticky_ack') });
  } else {
    const start = read(fields.get('start_time'));
    const end = read(fields.get('end_time'));
    if (start === null || end === null || end < start) return page(id, error('Start or end time not valid'));
    book.tell(world, { ...common, kind: 'downtime', start, end });
  }
  const accepted = 'Your command request was successfully submitted to Nagios for processing.';
  return page(id, `<P><DIV CLASS='infoMessage'>${accepted}<BR><BR></DIV></P>`);
}

/** The hidden field must be there; a cookie, where one comes, must be the same. */
function isOurs({ headers }: PracticeRequest, fields: URLSearchParams, id: string): boolean {
  const cookie = /\bNagFormId=([^;\s]+)/.exec(headers.cookie ?? '')?.[1];
  const sent = fields.get('nagFormId');
  return sent === (cookie ?? id);
}

function formId({ state }: World): string {
  return (state.seed + 0x51f0_a3d7).toString(16).padStart(16, '0');
}

function form(
  id: string,
  { kind, on }: { kind: Command['kind']; on: 'host' | 'service' },
  fields: URLSearchParams,
  now: Instant,
): string {
  const text = (name: string, value: string) => `<INPUT TYPE='TEXT' NAME='${name}' VALUE='${value}'>`;
  const named = (name: string) => text(name, escaped(fields.get(name) ?? ''));
  return [
    `<form method='post' action='cmd.cgi'><INPUT TYPE='hidden' NAME='nagFormId' VALUE='${id}'`,
    `<INPUT TYPE='HIDDEN' NAME='cmd_typ' VALUE='${fields.get('cmd_typ')}'><INPUT TYPE='HIDDEN' NAME='cmd_mod' VALUE='2'>`,
    named('host'),
    ...(on === 'service' ? [named('service')] : []),
    ...(kind === 'acknowledge'
      ? [
          "<INPUT TYPE='checkbox' NAME='sticky_ack' CHECKED>",
          "<INPUT TYPE='checkbox' NAME='send_notification' CHECKED>",
          "<INPUT TYPE='checkbox' NAME='persistent' >",
        ]
      : [text('start_time', written(now)), text('end_time', written(now + SHOWN_DOWNTIME))]),
    "<INPUT TYPE='TEXT' NAME='com_author' VALUE='On call' >",
    text('com_data', ''),
    "<INPUT TYPE='submit' NAME='btnSubmit' VALUE='Commit'></form>",
  ].join('\n');
}

function page(id: string, content: string): PracticeAnswer {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Set-Cookie': `NagFormId=${id}; SameSite=Strict; HttpOnly`,
    },
    body: `<html>\n<head><title>External Command Interface</title></head>\n<body CLASS='cmd'>\n${content}\n</body>\n</html>\n`,
  };
}

function error(text: string): string {
  return `<P><DIV CLASS='errorMessage'>${text}</DIV></P>`;
}

/** A semicolon would part the fields of a command, and what looks like HTML loses its brackets. */
function clean(text: string | null): string {
  return (text ?? '')
    .replace(/[;\r\n]/g, ' ')
    .replace(/[<>]/g, '')
    .trim();
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/'/g, '&#39;');
}

/** `date_format=us`: 11-17-2026 04:12:00 */
function written(at: Instant): string {
  const [date = '', time = ''] = new Date(at + OFFSET).toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${month}-${day}-${year} ${time}`;
}

function read(text: string | null): Instant | null {
  const [, month, day, year, time] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${time}Z`);
  return Number.isNaN(at) ? null : at - OFFSET;
}
