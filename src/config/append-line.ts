import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

const NEWLINE = 0x0a;

/** One write and one fdatasync a line, in a file of mode 0600: what was promised to be on disk is there, whole. */
export async function appendJsonLine(folder: string, name: string, line: object): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
  const handle = await open(join(folder, name), flags, 0o600);
  try {
    // After a torn line ours begins on one of its own, so that only the torn one is lost.
    const text = `${(await endsTorn(handle)) ? '\n' : ''}${JSON.stringify(line)}\n`;
    const bytes = Buffer.from(text);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error('only a part of the line was written');
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function endsTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}
