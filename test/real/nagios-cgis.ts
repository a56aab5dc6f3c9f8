import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { authorization, type Login } from '../support/nagios/stage.ts';

const CGIS = '/usr/lib/cgi-bin/nagios4';

export interface CgiServerOptions {
  /** That of cgi.cfg. */
  readonly folder: string;
  readonly timeZone: string;
  readonly logins: readonly Login[];
}

export interface CgiServer {
  readonly url: string;
  stop(): void;
}

/** A small web server on loopback before Nagios's CGIs. */
export async function startCgiServer(options: CgiServerOptions): Promise<CgiServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What Apache's mod_cgi and Basic authentication do: RFC 3875. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, timeZone, logins }: CgiServerOptions,
): Promise<void> {
  const user = logins.find((one) => request.headers.authorization === authorization(one).authorization);
  if (user === undefined) {
    response.writeHead(401, {
      'WWW-Authenticate': 'Basic realm="Nagios Access"',
      'Content-Type': 'text/html',
    });
    response.end('<html><body>Unauthorized</body></html>');
    return;
  }
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!/^\/(statusjson|cmd)\.cgi$/.test(pathname)) {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><body>Not Found</body></html>');
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const cgi = spawn(join(CGIS, pathname), [], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      NAGIOS_CGI_CONFIG: join(folder, 'cgi.cfg'),
      TZ: timeZone,
      GATEWAY_INTERFACE: 'CGI/1.1',
      REMOTE_USER: user.username,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_COOKIE: request.headers.cookie ?? '',
    },
  });
  // One that waits for a daemon would outlive the test.
  response.on('close', () => cgi.kill('SIGKILL'));
  // A CGI that is asked by GET ends without reading.
  cgi.stdin.on('error', () => {});
  cgi.stdin.end(body);
  const printed: Buffer[] = [];
  for await (const piece of cgi.stdout) printed.push(piece);
  const text = Buffer.concat(printed).toString('utf8');
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  for (const line of head.split(/\r?\n/)) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/s, 2);
    if (name !== '') response.setHeader(name, value);
  }
  response.end(rest.join('\n\n'));
}
