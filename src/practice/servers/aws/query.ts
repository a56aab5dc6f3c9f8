/** Parameters of AWS's Query protocol: nested names joined by dots, lists numbered from 1. */
export class QueryParams {
  readonly #form: URLSearchParams;
  readonly #prefix: string;
  readonly #infix: string;

  /** @param variant lists are `Name.member.1` in `query`, `Name.1` in `ec2` */
  constructor(form: URLSearchParams, variant: 'query' | 'ec2', prefix = '') {
    this.#form = form;
    this.#prefix = prefix;
    this.#infix = variant === 'query' ? '.member.' : '.';
  }

  text(name: string): string | null {
    return this.#form.get(this.#prefix + name);
  }

  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** A whole number; null when absent or none. */
  number(name: string): number | null {
    const text = this.text(name);
    return text !== null && /^-?\d+$/.test(text) ? Number(text) : null;
  }

  strings(name: string): string[] {
    return this.#each(name, (prefix) => this.#form.get(prefix) ?? '');
  }

  list(name: string): QueryParams[] {
    const variant = this.#infix === '.' ? 'ec2' : 'query';
    return this.#each(name, (prefix) => new QueryParams(this.#form, variant, `${prefix}.`));
  }

  /** Whether the list was given at all; an empty one is sent as `Name=`. */
  has(name: string): boolean {
    return this.text(name) !== null || this.#each(name, () => true).length > 0;
  }

  #each<T>(name: string, make: (prefix: string) => T): T[] {
    const found: T[] = [];
    const keys = [...this.#form.keys()];
    for (let index = 1; ; index++) {
      const prefix = `${this.#prefix}${name}${this.#infix}${index}`;
      if (!keys.some((key) => key === prefix || key.startsWith(`${prefix}.`))) return found;
      found.push(make(prefix));
    }
  }
}
