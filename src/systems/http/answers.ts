import { Failure } from '../../model/failure.ts';
import type { TransportRequest, TransportResponse } from './transport.ts';

/** Throws for answers that look fine and are not the system's: redirects, and a proxy's page with status 200. */
export function refuseMisleading(
  url: URL,
  answer: TransportResponse,
  { system, giveRedirects = false, refuseHtml = true }: TransportRequest,
): void {
  const { status } = answer;
  if (status >= 300 && status < 400 && status !== 304) {
    if (giveRedirects) return;
    const to = URL.parse(answer.headers.location ?? '', url)?.host ?? 'nowhere';
    throw new Failure(
      system,
      'unreadable',
      `${url.host} redirects to ${to}, which is not followed: put the right address in the config.`,
      { status },
    );
  }
  if (status < 300 && refuseHtml && isHtml(answer)) {
    throw new Failure(
      system,
      'unreadable',
      `${url.host} answered with a web page instead of data: is a proxy or a login page in the way?`,
      { status },
    );
  }
}

function isHtml(answer: TransportResponse): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '');
}

export function serverError(system: string, url: URL, status: number): Failure {
  return new Failure(system, 'server_error', `${url.host} has a problem of its own (HTTP ${status}).`, {
    status,
  });
}

export function refusedToken(system: string, url: URL): Failure {
  return new Failure(system, 'unauthorized', `${url.host} does not accept the token (HTTP 401).`, {
    status: 401,
  });
}
