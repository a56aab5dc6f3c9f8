import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder of mode 0700 for what this process leaves on disk while it runs: in `XDG_RUNTIME_DIR`, else in the
 * user's cache folder; never in a folder that others may write to. Throws `TooLong` when neither `fits`.
 */
export async function newRuntimeFolder(fits: (folder: string) => boolean = () => true): Promise<string> {
  const xdg = process.env.XDG_RUNTIME_DIR;
  if (xdg?.startsWith('/') && fits(xdg) && (await isPrivate(xdg))) {
    return mkdtemp(join(xdg, 'oncall-'));
  }
  const own = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'oncall');
  if (!fits(own)) throw new TooLong(own);
  await mkdir(own, { recursive: true, mode: 0o700 });
  return mkdtemp(join(own, 'oncall-'));
}

/** The message is the folder whose name does not fit. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

async function isPrivate(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}
