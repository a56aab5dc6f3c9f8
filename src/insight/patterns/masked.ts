import type { LogLine } from '../../model/log-line.ts';
import { Masker } from './mask.ts';

/** What SafeText makes of a newline. */
const NEWLINE = '␤';
const MOST_READ = 1_024;

const masker = new Masker();
const bytes = Buffer.alloc(MOST_READ * 3);

/** The first line of a message with `<*>` where a value stands; empty: it says nothing. */
export function maskedMessage({ message }: Pick<LogLine, 'message'>): string {
  const newline = message.indexOf(NEWLINE);
  const first = message.slice(0, newline < 0 ? MOST_READ : Math.min(newline, MOST_READ));
  masker.mask(bytes, 0, bytes.write(first));
  return Buffer.from(masker.out.buffer, 0, masker.length).toString('utf8');
}
