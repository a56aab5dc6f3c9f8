import { newRuntimeFolder, TooLong } from '../../../config/runtime-folder.ts';
import { Failure } from '../../../model/failure.ts';

/** `sun_path` less its closing zero (unix(7)), less what ssh appends while it makes a control socket. */
const MAX_PATH = 107 - 17;
/** Our folder's random name and the longest name in it. */
const OURS = '/oncall-XXXXXX/999999.ctl'.length;

/** A new folder of mode 0700 for sockets of this process. */
export async function runtimeFolder(): Promise<string> {
  try {
    return await newRuntimeFolder(fits);
  } catch (thrown) {
    if (!(thrown instanceof TooLong)) throw thrown;
    throw new Failure(
      'docker',
      'not_configured',
      `${thrown.message} is too long for a socket: set XDG_RUNTIME_DIR.`,
    );
  }
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) + OURS <= MAX_PATH;
}
