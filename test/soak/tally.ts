import type { Schedule } from './schedule.ts';
import type { Story } from './story.ts';

/** What was played, so that one sees that the law was put to the test. */
export class Tally {
  schedules = 0;
  readonly #counts = new Map<string, Map<string, number>>();

  add({ wish, presses, runsTwice }: Schedule, { struck, notes, tellings, journal, requests }: Story): void {
    this.schedules += 1;
    this.#count('schedules of', wish.action);
    for (const fault of struck) this.#count('faults that struck', fault);
    for (const note of notes) this.#count('what else happened', note);
    if (presses > 1 || runsTwice) this.#count('what else happened', 'keys pressed again');
    for (const { outcome, how } of tellings) this.#count(`told at ${how}`, outcome.state);
    for (const { action, state } of journal.values()) this.#count('journal in the end', `${action} ${state}`);
    for (const { mutation, operation } of requests) if (mutation) this.#count('mutations', operation);
  }

  /** A line for each table, the most frequent first. */
  lines(): readonly string[] {
    return [...this.#counts].map(([table, rows]) => {
      const sorted = [...rows].sort(([, a], [, b]) => b - a);
      return `${table}: ${sorted.map(([row, count]) => `${row} ${count}`).join(', ')}`;
    });
  }

  /** How often; 0: never. */
  of(table: string, row: string): number {
    return this.#counts.get(table)?.get(row) ?? 0;
  }

  sum(table: string): number {
    return [...(this.#counts.get(table)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  #count(table: string, row: string): void {
    const rows = this.#counts.get(table) ?? new Map<string, number>();
    rows.set(row, (rows.get(row) ?? 0) + 1);
    this.#counts.set(table, rows);
  }
}
