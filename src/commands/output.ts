import { fstatSync, writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';
import type { Output } from './row.ts';

export type Standard = 'stdout' | 'stderr';
const DESCRIPTOR: Readonly<Record<Standard, number>> = { stdout: 1, stderr: 2 };

/**
 * A standard stream for a command; once the reader has gone, what is written is dropped quietly.
 * @param drawn what a terminal is sent for a text
 */
export function outputTo(
  standard: Standard,
  color: boolean,
  closed: () => void,
  drawn: (text: string) => string = (text) => text,
): Output {
  return isPlain(DESCRIPTOR[standard])
    ? plainOutput(standard, closed)
    : streamOutput(process[standard], color, closed, drawn);
}

/** A file or a pipe. Node's own stream for it writes at once too, but takes a tenth of a start to load. */
function plainOutput(standard: Standard, closed: () => void): Output {
  let open = true;
  let stream: Output | null = null;
  return {
    isTerminal: false,
    columns: 0,
    rows: 0,
    color: false,
    write(text) {
      if (stream !== null) return stream.write(text);
      let left = Buffer.from(text);
      try {
        while (open && left.length > 0) left = left.subarray(writeSync(DESCRIPTOR[standard], left));
      } catch (thrown) {
        if (isGone(thrown)) {
          open = false;
          closed();
          return;
        }
        // Whoever shares the pipe made it one that does not wait: the stream can wait for room in it.
        if (codeOf(thrown) !== 'EAGAIN') throw thrown;
        stream = streamOutput(process[standard], false, closed, String);
        process[standard].write(left);
      }
    },
  };
}

function streamOutput(
  stream: WriteStream,
  color: boolean,
  closed: () => void,
  drawn: (text: string) => string,
): Output {
  let open = true;
  stream.on('error', (error) => {
    if (!isGone(error)) throw error;
    open = false;
    closed();
  });
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.isTTY === true ? (stream.columns ?? 0) : 0;
    },
    get rows() {
      return stream.isTTY === true ? (stream.rows ?? 0) : 0;
    },
    color: color && stream.isTTY === true && stream.hasColors(),
    write(text) {
      if (open) stream.write(stream.isTTY === true ? drawn(text) : text);
    },
  };
}

function isPlain(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFile() || status.isFIFO();
  } catch {
    return false;
  }
}

function isGone(thrown: unknown): boolean {
  return ['EPIPE', 'EIO'].includes(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
