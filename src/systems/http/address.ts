import { Failure } from '../../model/failure.ts';
import { nodeKnowsProxies } from './agents.ts';
import type { TransportRequest } from './transport.ts';

/** The URL of a request, refused before anything is sent where a token would travel in the open. */
export function checkAddress(request: TransportRequest, proxy: string | undefined): URL {
  const { system } = request;
  const url = URL.parse(request.url);
  if (url === null) throw new Failure(system, 'invalid', `${request.url} is not a URL: check the config.`);
  const plain = url.protocol === 'http:';
  if (!plain && url.protocol !== 'https:') {
    throw new Failure(system, 'invalid', `${url.host} must be reached by https: check the config.`);
  }
  if (plain && request.socketPath === undefined && !isLoopback(url.hostname)) {
    throw new Failure(
      system,
      'tls',
      `${url.host} is not asked over plain http, which would show the token to everybody: use https in the config.`,
    );
  }
  if (proxy !== undefined && !isLoopback(url.hostname) && !nodeKnowsProxies()) {
    throw new Failure(
      system,
      'not_configured',
      `Node ${process.versions.node} cannot use the proxy of the config: it takes 22.21 or 24.5 and later.`,
    );
  }
  return url;
}

/** 127.0.0.0/8, ::1 and the name. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
