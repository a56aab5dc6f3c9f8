import type { WriteStream } from 'node:tty';
import type { Output } from './row.ts';

/**
 * A standard stream for a command; once the reader has gone, what is written is dropped quietly.
 * @param drawn what a terminal is sent for a text
 */
export function outputTo(
  stream: WriteStream,
  color: boolean,
  closed: () => void,
  drawn: (text: string) => string = (text) => text,
): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
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
