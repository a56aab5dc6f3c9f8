import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Login, type Nagios, statusJson } from '../support/nagios/stage.ts';
import { type CgiServer, startCgiServer } from './nagios-cgis.ts';
import { type Daemon, startDaemon, until } from './programs.ts';

const PLUGINS = '/usr/lib/nagios/plugins';
const LOGIN: Login = { username: 'oncall', password: 'real-nagios-password' };
const STRANGER: Login = { username: 'guest', password: 'real-nagios-guest' };

export interface RealNagiosOptions {
  /** Zone of its machine: times of commands are in it. */
  readonly timeZone: string;
  readonly dateFormat: 'us' | 'euro' | 'iso8601' | 'strict-iso8601';
  readonly locksAuthors?: boolean;
  /** Heartbeats beside the one of charge-central; none of them was ever received. */
  readonly heartbeats?: number;
}

/** A real Nagios 4 of its own, its CGIs behind a small web server that asks for name and password. */
export interface RealNagios extends Nagios {
  /** Writes to the command pipe. */
  tell(...commands: readonly string[]): Promise<void>;
  stopDaemon(): Promise<void>;
  /** Ends both and removes the folder. */
  stop(): Promise<void>;
}

export async function startNagios(options: RealNagiosOptions): Promise<RealNagios> {
  const folder = await mkdtemp(join(tmpdir(), 'oncall-nagios-'));
  const pipe = join(folder, 'rw', 'nagios.cmd');
  let daemon: Daemon | null = null;
  let web: CgiServer | null = null;
  const stop = async (): Promise<void> => {
    web?.stop();
    await daemon?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await writeConfiguration(folder, options);
    daemon = startDaemon('/usr/sbin/nagios4', [join(folder, 'nagios.cfg')]);
    web = await startCgiServer({ folder, timeZone: options.timeZone, logins: [LOGIN, STRANGER] });
    const { url } = web;
    const told = daemon.stderr;
    const ready = () =>
      statusJson({ url, login: LOGIN }, 'query=servicecount').then(
        ({ result }) => result.type_code === 0,
        () => false,
      );
    await until('nagios has written down its state', ready, { told });
    const tell = async (...commands: readonly string[]): Promise<void> => {
      const handle = await open(pipe, 'w');
      const now = Math.floor(Date.now() / 1000);
      await handle.write(commands.map((command) => `[${now}] ${command}\n`).join(''));
      await handle.close();
    };
    const running = daemon;
    return {
      url,
      login: LOGIN,
      stranger: STRANGER,
      critical: 'charge-central-1;HTTP',
      fine: 'charge-central-1;disk',
      heartbeat: 'charge-central-1;heartbeat',
      stopHeartbeat: () =>
        tell('PROCESS_SERVICE_CHECK_RESULT;charge-central-1;heartbeat;2;no heartbeat for 90 s|age=90s'),
      pass: () => new Promise((resolve) => setTimeout(resolve, 200)),
      tell,
      stopDaemon: () => running.stop(),
      stop,
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function writeConfiguration(folder: string, options: RealNagiosOptions): Promise<void> {
  const at = (name: string) => join(folder, name);
  for (const name of ['rw', 'archives', 'results']) await mkdir(at(name));
  await writeFile(at('resource.cfg'), '');
  await writeFile(
    at('nagios.cfg'),
    `
log_file=${at('nagios.log')}
cfg_file=${at('objects.cfg')}
object_cache_file=${at('objects.cache')}
resource_file=${at('resource.cfg')}
status_file=${at('status.dat')}
status_update_interval=1
check_external_commands=1
command_file=${at('rw/nagios.cmd')}
query_socket=${at('rw/nagios.qh')}
lock_file=${at('nagios.lock')}
temp_file=${at('nagios.tmp')}
temp_path=${folder}
log_rotation_method=n
log_archive_path=${at('archives')}
use_syslog=0
check_result_path=${at('results')}
check_result_reaper_frequency=1
check_workers=1
state_retention_file=${at('retention.dat')}
interval_length=1
service_inter_check_delay_method=n
host_inter_check_delay_method=n
enable_notifications=0
check_for_updates=0
illegal_macro_output_chars=\`~$&|'"<>
nagios_user=${userInfo().username}
nagios_group=${userInfo().gid}
date_format=${options.dateFormat}
`,
  );
  await writeFile(
    at('cgi.cfg'),
    `
main_config_file=${at('nagios.cfg')}
physical_html_path=${folder}
url_html_path=/nagios4
use_authentication=1
lock_author_names=${options.locksAuthors === true ? 1 : 0}
${['system_information', 'all_services', 'all_hosts', 'all_service_commands', 'all_host_commands']
  .map((right) => `authorized_for_${right}=${LOGIN.username}`)
  .join('\n')}
`,
  );
  await writeFile(at('objects.cfg'), objects(options.heartbeats ?? 0));
}

/** One host that is up with three services, and one that is down. */
function objects(heartbeats: number): string {
  const define = (kind: string, fields: Readonly<Record<string, string | number>>) =>
    `define ${kind} {\n${Object.entries(fields)
      .map(([name, value]) => `  ${name} ${value}`)
      .join('\n')}\n}\n`;
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const checked = {
    check_period: 'always',
    contacts: 'oncall',
    notification_period: 'always',
    check_interval: 1,
  };
  const host = (name: string, command: string) =>
    define('host', {
      host_name: name,
      address: '127.0.0.1',
      check_command: command,
      max_check_attempts: 1,
      ...checked,
    });
  const service = (name: string, command: string, own: Readonly<Record<string, string | number>> = {}) =>
    define('service', {
      host_name: 'charge-central-1',
      service_description: name,
      check_command: command,
      max_check_attempts: 1,
      retry_interval: 1,
      ...checked,
      ...own,
    });
  const passive = { active_checks_enabled: 0, passive_checks_enabled: 1 };
  return [
    define('timeperiod', {
      timeperiod_name: 'always',
      alias: 'always',
      ...Object.fromEntries(days.map((day) => [day, '00:00-24:00'])),
    }),
    define('command', { command_name: 'dummy', command_line: `${PLUGINS}/check_dummy $ARG1$ "$ARG2$"` }),
    define('contact', {
      contact_name: 'oncall',
      alias: 'On call',
      host_notification_commands: 'dummy!0',
      service_notification_commands: 'dummy!0',
      host_notification_period: 'always',
      service_notification_period: 'always',
    }),
    host('charge-central-1', 'dummy!0!up'),
    host('ledger-api-1', 'dummy!2!no answer'),
    service('HTTP', 'dummy!2!500 Internal Server Error', { max_check_attempts: 2 }),
    service('disk', 'dummy!0!plenty'),
    service('flaky', 'dummy!1!slow', { max_check_attempts: 1000, check_interval: 600, retry_interval: 600 }),
    ...['heartbeat', ...Array.from({ length: heartbeats }, (_, index) => `heartbeat ${index}`)].map((name) =>
      service(name, 'dummy!2!no heartbeat', passive),
    ),
  ].join('');
}
