import { Failure } from '../../model/failure.ts';
import { SYSTEM } from './failure.ts';

const ACCEPTED = 'successfully submitted to Nagios';
/** nagioscore, cgi/cmd.c: most errors stand in a DIV of their own, those of its CSRF check in a paragraph. */
const ERROR = /<DIV CLASS='errorMessage'>(.*?)<\/DIV>|<p>(Error: .*?)<\/p>/is;

/**
 * What became of a command, from the page with which cmd.cgi answers in HTTP 200; null: Nagios has taken it, which
 * does not say that it did anything: one that does not fit the object's state is dropped without a word.
 */
export function refusalOf(page: string, redact: (text: string) => string): Failure | null {
  if (page.includes(ACCEPTED)) return null;
  const said = redact(errorOf(page) ?? '');
  if (said === '') {
    const text = 'Nagios answered with a page that tells neither success nor error.';
    return new Failure(SYSTEM, 'unreadable', text);
  }
  if (/not authorized|do not have permission/i.test(said)) {
    const text = `Nagios: ${said} It says so too where it has no such host or service.`;
    return new Failure(SYSTEM, 'forbidden', text);
  }
  // The pipe to the daemon: it may not be running, or may not take commands (check_external_commands).
  const broken = /command file|attempting to commit/i.test(said);
  return new Failure(SYSTEM, broken ? 'server_error' : 'invalid', `Nagios: ${said}`);
}

/** The page's words of error as plain text; null: it has none. */
export function errorOf(page: string): string | null {
  const [, first, second] = ERROR.exec(page) ?? [];
  return first === undefined && second === undefined ? null : plain(first ?? second ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

export function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_whole, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
