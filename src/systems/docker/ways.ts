import { Failure, toFailure } from '../../model/failure.ts';
import { type Instant, localNow, MINUTE, SECOND } from '../../model/instant.ts';
import type { Way } from './way.ts';

/** A way that nobody used for so long is closed: instances come and go with every deploy. */
const IDLE_MS = 3 * MINUTE;
const BACK_OFF_MS = { first: 2 * SECOND, most: MINUTE };
/** ssh connections that are being made at the same time: a jump host's sshd drops more (MaxStartups 10:30:100). */
const OPENING_AT_ONCE = 4;

interface Entry {
  opening: Promise<Way> | null;
  usedAt: Instant;
  failure: Failure | null;
  failures: number;
  retryAt: Instant;
}

/** Ways that are open, by target: opened once, shared, given up for a while after a failure, closed when idle. */
export class Ways {
  readonly #entries = new Map<string, Entry>();
  readonly #waiting: (() => void)[] = [];
  #opening = 0;
  #closed = false;

  async use(target: string, open: () => Promise<Way>): Promise<Way> {
    if (this.#closed) throw new Failure('docker', 'aborted', 'Connections to Docker are closed.');
    this.#closeIdle();
    const entry = this.#entries.get(target) ?? {
      opening: null,
      usedAt: 0,
      failure: null,
      failures: 0,
      retryAt: 0,
    };
    this.#entries.set(target, entry);
    entry.usedAt = localNow();
    const before = entry.opening;
    if (before !== null) {
      const way = await before;
      if (way.isOpen()) return way;
      if (entry.opening === before) entry.opening = null;
      await way.close();
    }
    if (entry.failure !== null && localNow() < entry.retryAt) throw entry.failure;
    entry.opening ??= this.#open(entry, open);
    return entry.opening;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(end));
  }

  async #open(entry: Entry, open: () => Promise<Way>): Promise<Way> {
    await this.#turn();
    try {
      const way = await open();
      entry.failure = null;
      entry.failures = 0;
      return way;
    } catch (thrown) {
      const { code, message, details } = toFailure('docker', thrown);
      const pause = Math.min(BACK_OFF_MS.first * 2 ** entry.failures, BACK_OFF_MS.most);
      entry.failures += 1;
      entry.retryAt = localNow() + pause;
      entry.failure = new Failure('docker', code, message, { ...details, retryAt: entry.retryAt });
      entry.opening = null;
      throw entry.failure;
    } finally {
      this.#opening -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#opening >= OPENING_AT_ONCE)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#opening += 1;
  }

  #closeIdle(): void {
    for (const [target, entry] of this.#entries) {
      if (localNow() - entry.usedAt < IDLE_MS) continue;
      this.#entries.delete(target);
      void end(entry);
    }
  }
}

async function end(entry: Entry): Promise<void> {
  const way = await entry.opening?.catch(() => null);
  await way?.close();
}
