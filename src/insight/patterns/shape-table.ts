import { clusters } from './cluster.ts';
import { type LineBudget, LineNumbers } from './line-numbers.ts';
import { Masker } from './mask.ts';
import { folded, newShape, type Shape } from './shape.ts';
import { fits } from './template.ts';

/** Masked lines of late that have no shape yet, by their hashes. */
const WAITING = 1 << 16;
const MOST_PRESSURE = 256;
/** Known forms of so many words with the same first one that a line is compared with. */
const MOST_COMPARED = 8;

interface Form {
  readonly tokens: readonly string[];
  readonly shape: Shape;
}

/**
 * Shapes by masked line, at most so many. When they are full they are folded: one for each pattern, and of these the
 * rarest go. From then on a line is first compared with the patterns that are known; and where folding did not make
 * room, because lines are nearly all different, one that is alone gets a shape only once in `pressure` times, or when
 * it comes again. So the cost of folding stays small for each line, whatever comes.
 */
export class ShapeTable {
  readonly #most: number;
  readonly #budget: LineBudget | null;
  #byHash = new Map<number, Entry>();
  #forms = new Map<number, Form[]>();
  #waiting: Int32Array | null = null;
  #pressure = 1;
  size = 0;
  /** Lines of shapes that were let go. */
  dropped = 0;

  /** @param budget for line numbers; null: none are kept. */
  constructor(most: number, budget: LineBudget | null) {
    this.#most = most;
    this.#budget = budget;
  }

  /** The shape of what was masked last; null: it is one of too many that are different. */
  of(masker: Masker): Shape | null {
    for (let entry = this.#byHash.get(masker.hash); entry !== undefined; entry = entry.next) {
      if (entry.check === masker.check) return entry.shape;
    }
    if (this.#forms.size > 0) {
      const known = this.#known(masker);
      if (known !== null) return known;
    }
    if (this.#pressure > 1 && !this.#admits(masker)) return null;
    if (this.size >= this.#most) this.#fold();
    const shape = newShape(textOf(masker), this.#budget === null ? null : new LineNumbers(this.#budget));
    this.#put(shape, masker.hash, masker.check);
    return shape;
  }

  /** Each pattern with its shapes. */
  clustered(): readonly (readonly [template: string, shapes: readonly Shape[]])[] {
    const shapes: Shape[] = [];
    for (let entry of this.#byHash.values()) {
      for (;;) {
        shapes.push(entry.shape);
        if (entry.next === undefined) break;
        entry = entry.next;
      }
    }
    return clusters(shapes.map(({ text }) => text)).map(({ tokens, members }) => [
      tokens.join(' '),
      members.flatMap((member) => shapes[member] ?? []),
    ]);
  }

  #known(masker: Masker): Shape | null {
    const forms = this.#forms.get(masker.form);
    const open = this.#forms.get(masker.openForm);
    if (forms === undefined && open === undefined) return null;
    const tokens = textOf(masker).split(' ');
    const fitting = (form: Form) => fits(form.tokens, tokens);
    return (forms?.find(fitting) ?? open?.find(fitting))?.shape ?? null;
  }

  #admits({ hash, check }: Masker): boolean {
    if ((check >>> 8) % this.#pressure === 0) return true;
    this.#waiting ??= new Int32Array(WAITING);
    const slot = hash & (WAITING - 1);
    if (this.#waiting[slot] === check) return true;
    this.#waiting[slot] = check;
    return false;
  }

  #put(shape: Shape, hash: number, check: number): void {
    const next = this.#byHash.get(hash);
    this.#byHash.set(hash, next === undefined ? { check, shape } : { check, shape, next });
    this.size++;
  }

  #fold(): void {
    const budget = this.#budget ?? { left: 0 };
    const patterns = this.clustered()
      .map(([template, shapes]) => folded(template, shapes, budget))
      .sort((a, b) => b.count - a.count || b.lastLine - a.lastLine);
    const kept = patterns.slice(0, Math.floor(this.#most / 2));
    for (const shape of patterns.slice(kept.length)) {
      this.dropped += shape.count;
      shape.lines?.free();
    }
    if (patterns.length > this.#most / 2) this.#pressure = Math.min(MOST_PRESSURE, this.#pressure * 8);
    else if (patterns.length < this.#most / 4) this.#pressure = Math.max(1, this.#pressure / 8);
    this.#byHash = new Map();
    this.#forms = new Map();
    this.size = 0;
    const masker = new Masker();
    for (const shape of kept) {
      masker.take(shape.text);
      this.#put(shape, masker.hash, masker.check);
      if (!shape.folded) continue;
      const alike = this.#forms.get(masker.form);
      const form = { tokens: shape.text.split(' '), shape };
      if (alike === undefined) this.#forms.set(masker.form, [form]);
      else if (alike.length < MOST_COMPARED) alike.push(form);
    }
  }
}

interface Entry {
  readonly check: number;
  readonly shape: Shape;
  /** Another one with the same first hash. */
  readonly next?: Entry;
}

function textOf(masker: Masker): string {
  return Buffer.from(masker.out.buffer, 0, masker.length).toString('utf8');
}
