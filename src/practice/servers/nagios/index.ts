import { SECRETS } from '../../secrets.ts';
import type { WorldState } from '../../world/state.ts';
import type {
  Operation,
  PracticeAnswer,
  PracticeRequest,
  PracticeServer,
  Setup,
  SetupPlace,
} from '../server.ts';
import { Book } from './book.ts';
import { hostName } from './checks.ts';
import { cmd } from './cmd.ts';
import { statusJson } from './status-json.ts';

/** Where Debian's web server puts the CGIs. */
export const CGIS = '/nagios4/cgi-bin';
const { nagios: ACCOUNT } = SECRETS;

/** Nagios 4 through its CGIs, behind a web server that asks for name and password. */
export function nagiosServer(): PracticeServer {
  const book = new Book();
  return {
    system: 'nagios',
    setup,
    identify: operation,
    handle(request, world) {
      const username = login(request);
      if (username === null) return refused();
      const isOnCall = username === ACCOUNT.username;
      switch (request.path) {
        case `${CGIS}/statusjson.cgi`:
          return statusJson(world, book, request.query, { username, sees: isOnCall });
        case `${CGIS}/cmd.cgi`:
          return cmd(request, { world, book, user: { commands: isOnCall } });
        default:
          return webPage(404, 'Not Found');
      }
    },
  };
}

function setup(_state: WorldState, { url, authority }: SetupPlace): Setup {
  const { username, password } = ACCOUNT;
  return {
    systems: {
      nagios: { url: `${url}${CGIS}`, username, token: { file: 'nagios.password' }, ...authority },
    },
    service: ({ name }) => ({ nagios: { hosts: [hostName(name, '{environment}')] } }),
    files: { 'nagios.password': `${password}\n` },
  };
}

/** `GET statusjson.cgi servicelist`; of cmd.cgi the command's number. A command may be given by GET too. */
function operation({ method, path, query, body }: PracticeRequest): Operation {
  const cgi = path.split('/').at(-1) ?? path;
  if (cgi !== 'cmd.cgi')
    return { name: `${method} ${cgi} ${query.get('query') ?? ''}`.trim(), mutation: false };
  const posted = new URLSearchParams(body.toString('utf8'));
  const field = (name: string) => posted.get(name) ?? query.get(name);
  return { name: `${method} ${cgi} ${field('cmd_typ') ?? ''}`.trim(), mutation: field('cmd_mod') === '2' };
}

function login({ headers }: PracticeRequest): string | null {
  const sent = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const accounts = [ACCOUNT, ACCOUNT.stranger];
  const found = accounts.find(
    ({ username, password }) => sent === Buffer.from(`${username}:${password}`).toString('base64'),
  );
  return found?.username ?? null;
}

function refused(): PracticeAnswer {
  const answer = webPage(401, 'Unauthorized');
  return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': 'Basic realm="Nagios Access"' } };
}

function webPage(status: number, title: string): PracticeAnswer {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=iso-8859-1' },
    body: `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}
