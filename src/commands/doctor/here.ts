import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../../config/state.ts';
import type { LoadedConfig } from '../../config/types.ts';
import { coarse, MOST_SKEW_MS } from '../../insight/doctor.ts';
import { count } from '../../text/time.ts';
import { canShowCockpit } from '../can-show-cockpit.ts';
import type { Context } from '../row.ts';

/** Something of this machine that was looked at. */
export interface LocalCheck {
  readonly name: 'config' | 'state' | 'terminal' | 'ssh' | 'clock';
  /** `warn`: it works, but less well than it could. */
  readonly result: 'ok' | 'warn' | 'bad';
  /** What was found. */
  readonly text: string;
  /** What to do, in one short line; null: nothing. */
  readonly fix: string | null;
}

const SSH_DEADLINE_MS = 3_000;

/** What can be told of this machine without asking any system. */
export async function lookHere(context: Context, loaded: LoadedConfig): Promise<readonly LocalCheck[]> {
  const ssh = await sshHere(loaded);
  return [
    configHere(loaded),
    stateHere(context, loaded),
    terminalHere(context),
    ...(ssh === null ? [] : [ssh]),
  ];
}

function configHere({ file, catalog, config, user }: LoadedConfig): LocalCheck {
  const { services, squads } = catalog;
  const unpaged = services.filter((service) => service.pagerService === null).map(({ name }) => name);
  const silent = services
    .filter((service) => service.logs === null && service.logGroup === null)
    .map(({ name }) => name);
  const text = `${file}: ${count(services.length, 'service')}, ${count(squads.length, 'squad')}`;
  if (config.systems.pagerduty !== undefined && unpaged.length > 0) {
    return warning(
      text,
      `${some(unpaged)}: no pagerduty_service`,
      'add it, so that its incidents are known as its own',
    );
  }
  if (silent.length > 0) {
    return warning(
      text,
      `${some(silent)}: neither logs nor log_group`,
      'add one, so that its logs can be read',
    );
  }
  const also = [
    ...(user.email === undefined ? [] : [`you are ${user.email}`]),
    ...(config.read_only ? ['read only'] : []),
  ];
  return { name: 'config', result: 'ok', text: [text, ...also].join(', '), fix: null };
}

function warning(text: string, what: string, fix: string): LocalCheck {
  return { name: 'config', result: 'warn', text: `${text}; ${what}`, fix };
}

function some(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** Nothing can be changed where the journal cannot be written. */
function stateHere(context: Context, loaded: LoadedConfig): LocalCheck {
  try {
    const folder = stateFolder(loaded, context.env);
    const trial = join(folder, `doctor-${process.pid}`);
    writeFileSync(trial, 'x', { mode: 0o600, flag: 'wx' });
    rmSync(trial);
    return { name: 'state', result: 'ok', text: folder, fix: null };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const fix = 'make room or give it to yourself, or set XDG_STATE_HOME: the journal goes there';
    return { name: 'state', result: 'bad', text: `Nothing can be written: ${why}`, fix };
  }
}

function terminalHere(context: Context): LocalCheck {
  const { stdout, env } = context;
  const at = { name: 'terminal' as const };
  if (!stdout.isTerminal) return { ...at, result: 'ok', text: 'none here: plain text', fix: null };
  const size = `${stdout.columns}×${stdout.rows}`;
  const text = `${env.TERM ?? 'no TERM'} ${size}, ${stdout.color ? 'colours' : 'no colours'}`;
  if (!canShowCockpit(context)) {
    return { ...at, result: 'warn', text, fix: 'for the cockpit: export TERM=xterm-256color' };
  }
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  if (locale !== '' && !/utf-?8/i.test(locale)) {
    return { ...at, result: 'warn', text: `${text}, locale ${locale}`, fix: 'export LC_ALL=C.UTF-8' };
  }
  if (stdout.columns < 80 || stdout.rows < 24) {
    return { ...at, result: 'warn', text, fix: 'make it 80×24 or larger, for the cockpit' };
  }
  return { ...at, result: 'ok', text, fix: null };
}

/** null: nothing is read over ssh. */
async function sshHere({ config }: LoadedConfig): Promise<LocalCheck | null> {
  const used = Object.values(config.environments).some(({ containers }) => containers?.ssh !== undefined);
  if (!used) return null;
  return new Promise((resolve) => {
    execFile('ssh', ['-V'], { timeout: SSH_DEADLINE_MS }, (error, _stdout, stderr) => {
      const version = stderr.trim().split(',')[0] ?? '';
      if (error === null) resolve({ name: 'ssh', result: 'ok', text: version, fix: null });
      else
        resolve({ name: 'ssh', result: 'bad', text: 'There is no ssh here.', fix: 'install openssh-client' });
    });
  });
}

/** This machine's clock against PagerDuty's, by which oncall reckons. */
export function clockHere(ahead: number): LocalCheck {
  const at = { name: 'clock' as const };
  if (Math.abs(ahead) <= MOST_SKEW_MS) return { ...at, result: 'ok', text: 'as PagerDuty’s', fix: null };
  const text = `This machine’s clock is ${coarse(ahead)} ${ahead > 0 ? 'behind' : 'ahead of'} PagerDuty’s.`;
  return { ...at, result: 'warn', text, fix: 'set it: timedatectl set-ntp true' };
}
