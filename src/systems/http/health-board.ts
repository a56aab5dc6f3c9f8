import type { Failure } from '../../model/failure.ts';
import { type Instant, localNow, SECOND } from '../../model/instant.ts';
import type { SystemHealth } from '../../model/system-health.ts';

/** An unchanged "ok" is told again only this often: ages are drawn from it, but not at every answer. */
const TELL_OK_EVERY_MS = 5 * SECOND;

/** How every system answered last. */
export class HealthBoard {
  readonly #health = new Map<string, SystemHealth>();
  readonly #listeners = new Set<() => void>();

  register(system: string): void {
    if (this.#health.has(system)) return;
    this.#set({ name: system, ok: null, lastOkAt: null, error: null, retryAt: null });
  }

  succeeded(system: string): void {
    const before = this.#health.get(system);
    const now = localNow();
    if (before?.ok === true && before.lastOkAt !== null && now - before.lastOkAt < TELL_OK_EVERY_MS) return;
    this.#set({ name: system, ok: true, lastOkAt: now, error: null, retryAt: null });
  }

  failed(system: string, error: Failure, retryAt: Instant | null = error.details.retryAt ?? null): void {
    const lastOkAt = this.#health.get(system)?.lastOkAt ?? null;
    this.#set({ name: system, ok: false, lastOkAt, error, retryAt });
  }

  all(): readonly SystemHealth[] {
    return [...this.#health.values()];
  }

  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  #set(health: SystemHealth): void {
    this.#health.set(health.name, health);
    for (const listener of [...this.#listeners]) listener();
  }
}
