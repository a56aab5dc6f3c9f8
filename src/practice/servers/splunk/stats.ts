import { type Row, SEVERAL } from './event.ts';
import type { StatsTerm } from './spl/stats.ts';

/** What `stats` tells of one group of rows, which come newest first. */
export class Tally {
  readonly #terms: readonly StatsTerm[];
  readonly #counts = new Map<StatsTerm, number>();
  readonly #kept = new Map<StatsTerm, string>();
  readonly #values = new Map<StatsTerm, Set<string>>();
  readonly #sums = new Map<StatsTerm, number>();

  constructor(terms: readonly StatsTerm[]) {
    this.#terms = terms;
  }

  add(row: Row): void {
    for (const term of this.#terms) {
      const value = term.field === null ? '' : fieldValue(row, term.field);
      // Functions of a field leave out the rows that lack it.
      if (value !== undefined) this.#take(term, value);
    }
  }

  row(): Row {
    const row: Row = {};
    for (const term of this.#terms) {
      const value = this.#told(term);
      if (value !== undefined) row[term.as] = value;
    }
    return row;
  }

  #take(term: StatsTerm, value: string): void {
    const kept = this.#kept.get(term);
    switch (term.fn) {
      case 'count':
        this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
        break;
      case 'values':
      case 'dc':
        this.#values.set(term, (this.#values.get(term) ?? new Set()).add(value));
        break;
      case 'sum':
      case 'avg':
        if (value === '' || Number.isNaN(Number(value))) break;
        this.#sums.set(term, (this.#sums.get(term) ?? 0) + Number(value));
        this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
        break;
      case 'first':
        if (kept === undefined) this.#kept.set(term, value);
        break;
      case 'last':
        this.#kept.set(term, value);
        break;
      default:
        if (kept === undefined || before(value, kept) === (term.fn === 'min')) this.#kept.set(term, value);
    }
  }

  #told(term: StatsTerm): string | undefined {
    const sum = this.#sums.get(term);
    if (term.fn === 'sum') return sum?.toString();
    if (term.fn === 'avg') return sum === undefined ? undefined : String(sum / (this.#counts.get(term) ?? 1));
    if (term.fn === 'count') return String(this.#counts.get(term) ?? 0);
    const values = this.#values.get(term);
    if (term.fn === 'dc') return String(values?.size ?? 0);
    if (term.fn === 'values') return values === undefined ? undefined : [...values].sort().join(SEVERAL);
    return this.#kept.get(term);
  }
}

/** `_time` is seconds to every function; only answers write it as a date. */
export function fieldValue(row: Row, field: string): string | undefined {
  const value = row[field];
  return value === undefined || field !== '_time' ? value : secondsOf(value);
}

export function secondsOf(isoTime: string): string {
  return (Date.parse(isoTime) / 1000).toFixed(3);
}

function before(one: string, other: string): boolean {
  const difference = Number(one) - Number(other);
  return Number.isNaN(difference) ? one < other : difference < 0;
}
