import type { ReadStream, WriteStream } from 'node:tty';
import { Credit } from './credit.ts';
import { Painter } from './painter.ts';

const [ESC, BELL] = ['\x1b', '\x07'];
/** Synchronized output, as Ink writes it: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';
/** How Ink erases its frame of before. */
const ERASES = new RegExp(`^(?:${ESC}\\[[\\d;]*[ABGHJK])+`);
/** What may be written between frames and leaves the screen as it is: bell, cursor shown or hidden. */
const HARMLESS = new RegExp(`^(?:${BELL}|${ESC}\\[\\?25[hl])+$`);
/** A lone Escape is one after that. */
const ESCAPE_MS = 25;

/** The terminal as Ink has it: whole frames go in, and what changed comes out, the newest frame alone where it is slow. */
export interface Screen {
  readonly stdout: WriteStream;
  readonly stdin: ReadStream;
  /** The terminal shows something else by now: the next frame is drawn whole. */
  forget(): void;
  /** Before somebody else has the terminal. */
  rest(patienceMs: number): Promise<void>;
  /** After that. */
  again(): void;
}

export function openScreen(stdout: WriteStream, stdin: ReadStream): Screen {
  const painter = new Painter();
  const credit = new Credit(() => send());
  let newest: string | null = null;
  let collected: string | null = null;
  let held = '';
  let waiting: NodeJS.Timeout | null = null;
  let isAlone = false;
  const release = () => {
    isAlone = true;
    stdin.emit('readable');
  };

  const send = () => {
    if (newest === null || stdout.writableNeedDrain || !credit.isOpen) return;
    const changes = painter.paint(newest, stdout.columns, stdout.rows);
    newest = null;
    if (changes !== '') stdout.write(BEGIN + changes + END + credit.question());
  };
  stdout.on('drain', send);
  setBlocking(stdout, false);

  const write = (chunk: string, ...told: readonly (() => void)[]): boolean => {
    if (chunk === BEGIN) collected = '';
    else if (chunk === END && collected !== null) {
      newest = collected.replace(ERASES, '').replace(/\n$/, '');
      collected = null;
      send();
    } else if (collected !== null) collected += chunk;
    else {
      if (chunk !== '' && !HARMLESS.test(chunk)) painter.forget();
      return stdout.write(chunk, ...told);
    }
    return told.length === 0 || stdout.write('', ...told);
  };

  const read = (): string | null => {
    const chunk: unknown = stdin.read();
    if (chunk === null) {
      if (!isAlone) return null;
      const alone = held;
      [held, isAlone] = ['', false];
      return alone;
    }
    if (waiting !== null) clearTimeout(waiting);
    const { text, rest } = credit.typed(held + String(chunk));
    [held, isAlone, waiting] = [rest, false, rest === '' ? null : setTimeout(release, ESCAPE_MS)];
    return text;
  };

  return {
    stdout: standIn(stdout, { write }),
    stdin: standIn(stdin, { read }),
    forget: () => painter.forget(),
    async rest(patienceMs) {
      await credit.over(patienceMs);
      setBlocking(stdout, true);
    },
    again() {
      setBlocking(stdout, false);
      painter.forget();
      credit.again();
    },
  };
}

/**
 * Node has every write to a terminal wait until it is taken: a link that does not drain would hold up everything. Who
 * gets the terminal next expects it so.
 */
function setBlocking(stdout: WriteStream, isBlocking: boolean): void {
  const handle: unknown = Reflect.get(stdout, '_handle');
  if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
  if (typeof handle.setBlocking === 'function') handle.setBlocking(isBlocking);
}

/** The stream itself but for some of its methods. */
function standIn<Stream extends object>(stream: Stream, own: Readonly<Record<string, unknown>>): Stream {
  return new Proxy(stream, {
    get(target, key) {
      if (typeof key === 'string' && key in own) return own[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
