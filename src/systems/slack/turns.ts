import { SECOND } from '../../model/instant.ts';
import { pause } from '../http/pauses.ts';

/** https://docs.slack.dev/apis/web-api/rate-limits: one message a second in each channel. */
const APART = SECOND;

/** What is said in a channel, one after another and not too fast. */
export class Turns {
  readonly #lastAt = new Map<string, Promise<number>>();

  async take<T>(channel: string, say: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#lastAt.get(channel);
    const saying = this.#after(before, say, signal);
    const over = () => performance.now();
    this.#lastAt.set(channel, saying.then(over, over));
    return saying;
  }

  async #after<T>(
    before: Promise<number> | undefined,
    say: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const wait = before === undefined ? 0 : (await before) + APART - performance.now();
    if (wait > 0) await pause(wait, signal);
    return say();
  }
}
