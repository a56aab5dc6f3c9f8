import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../model/failure.ts';

/** `sun_path` less its closing zero (unix(7)), less what ssh appends while it makes a control socket. */
const MAX_PATH = 107 - 17;
/** Our folder's random name and the longest name in it. */
const OURS = '/oncall-XXXXXX/999999.ctl'.length;

/**
 * A new folder of mode 0700 for sockets of this process: in `XDG_RUNTIME_DIR`, else in the user's cache folder; never
 * in a folder that others may write to.
 */
export async function runtimeFolder(): Promise<string> {
  const xdg = process.env.XDG_RUNTIME_DIR;
  if (xdg?.startsWith('/') && fits(xdg) && (await isPrivate(xdg))) {
    return mkdtemp(join(xdg, 'oncall-'));
  }
  const own = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'oncall');
  if (!fits(own)) {
    throw new Failure('docker', 'not_configured', `${own} is too long for a socket: set XDG_RUNTIME_DIR.`);
  }
  await mkdir(own, { recursive: true, mode: 0o700 });
  return mkdtemp(join(own, 'oncall-'));
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) + OURS <= MAX_PATH;
}

async function isPrivate(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}
