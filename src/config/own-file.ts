import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file of our own, mode 0600: who reads it sees the old one or the new one, whole. Throws what the disk says.
 * Not synced: it is for what can be asked or made again. (A library for this takes a quarter of a start to load.)
 */
export function replaceOwnFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
