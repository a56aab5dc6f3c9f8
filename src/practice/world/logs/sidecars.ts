import type { PracticeLogLine } from '../state.ts';
import type { Random } from '../world.ts';
import type { Speaker } from './voices.ts';

export interface Spoken {
  readonly container: string;
  readonly level: PracticeLogLine['level'];
  readonly raw: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const AGENTS = [
  'okhttp/5.1.0',
  'python-requests/2.33.0',
  'ELB-HealthChecker/2.0',
  'Mozilla/5.0 (X11; Linux x86_64)',
];
const PATHS = ['/v1/charges', '/v1/accounts/7141', '/v1/orders?limit=20', '/v1/sessions', '/healthz'];

/** A line of nginx in its `combined` format with request time and id, as ngx_http_log_module writes it. */
export function nginxLine(speaker: Speaker, status: number): Spoken {
  const { random } = speaker;
  const seconds = (status >= 500 ? 0.4 + random.next() : random.next() / 8).toFixed(3);
  const raw = `10.20.${random.integer(0, 40)}.${random.integer(4, 250)} - - [${apacheTime(speaker.at)}] "${random.next() < 0.7 ? 'GET' : 'POST'} ${random.pick(PATHS)} HTTP/1.1" ${status} ${random.integer(80, 9000)} "-" "${random.pick(AGENTS)}" rt=${seconds} request_id=${random.hex(32)}`;
  return { container: 'nginx', level: status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info', raw };
}

/** Now and then the helpers beside the service say something. */
export function helperLine(speaker: Speaker): Spoken {
  const { random } = speaker;
  const time = new Date(speaker.at).toISOString();
  const [container, text] = random.pick(HELPERS)(random);
  return { container, level: 'info', raw: `${time} info ${text}` };
}

const HELPERS: readonly ((random: Random) => readonly [string, string])[] = [
  (random) => [
    'metrics',
    `collected ${random.integer(180, 240)} series cpu=${random.integer(3, 60)}% mem=${random.integer(30, 80)}%`,
  ],
  (random) => ['log-router', `flushed chunk records=${random.integer(20, 400)} retries=0`],
  (random) => ['splunk-forwarder', `TcpOutputProc - Connected to idx=10.30.0.${random.integer(4, 20)}:9997`],
];

export function successStatus(random: Random): number {
  const chance = random.next();
  return chance < 0.002 ? 502 : chance < 0.02 ? 404 : chance < 0.06 ? 304 : 200;
}

function apacheTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
