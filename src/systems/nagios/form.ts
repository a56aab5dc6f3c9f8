import { Failure } from '../../model/failure.ts';
import type { TransportResponse } from '../http/transport.ts';
import { errorOf } from './answer-page.ts';
import { SYSTEM } from './failure.ts';

/** What a form of cmd.cgi tells beside its fields: nagioscore, cgi/cmd.c (request_command_data). */
export interface CommandForm {
  /** Against forged requests: goes back in the form, and as the cookie `NagFormId`. */
  readonly id: string;
  readonly cookie: string;
  /** `lock_author_names`: what is sent as the author is not taken; Nagios puts the name of the login there. */
  readonly authorLocked: boolean;
  /** Whether Nagios would tell the contacts unless it were asked not to. */
  readonly tellsContacts: boolean;
  /** Its own time now, as it wants times; only where the form asks for one. */
  readonly startTime: string | null;
}

export function readForm({ headers, body }: TransportResponse): CommandForm {
  const page = body.toString('utf8');
  const id = /NAME='nagFormId' VALUE='([^']+)'/i.exec(page)?.[1];
  const cookie = /\bNagFormId=([^;,\s]+)/.exec(headers['set-cookie'] ?? '')?.[1];
  if (id === undefined || cookie === undefined) {
    const said = errorOf(page);
    throw said === null
      ? new Failure(SYSTEM, 'unreadable', 'Nagios gave a page that is not its form of a command.')
      : new Failure(SYSTEM, 'forbidden', `Nagios: ${said}`);
  }
  return {
    id,
    cookie,
    authorLocked: /NAME='com_author'[^>]*\bDISABLED/i.test(page),
    tellsContacts: /NAME='send_notification'[^>]*\bCHECKED/i.test(page),
    startTime: /NAME='start_time' VALUE='([^']+)'/i.exec(page)?.[1] ?? null,
  };
}
