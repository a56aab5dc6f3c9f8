import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { JenkinsClient } from './client.ts';

const LINES = 20;
const MAX_LINE = 400;

/** The newest lines of a build's log, read on from where the last reading ended. */
export class LogTail {
  #size = 0;
  #text = '';

  /** A log that cannot be read is no reason not to tell how the build goes: what was read before stays. */
  async read(client: JenkinsClient, build: string, signal?: AbortSignal): Promise<readonly SafeText[]> {
    try {
      const { text, size } = await client.log(build, this.#size, signal);
      const whole = size < this.#size ? text : this.#text + text;
      this.#size = size;
      this.#text = whole
        .split(/\r?\n/)
        .slice(-LINES - 1)
        .join('\n');
    } catch {
      signal?.throwIfAborted();
    }
    const lines = this.#text.split('\n').filter((line) => line.trim() !== '');
    return lines.slice(-LINES).map((line) => safeText(line, { maxLength: MAX_LINE }));
  }
}
