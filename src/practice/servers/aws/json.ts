import { AwsError } from './protocol.ts';

/** The body of a JSON request, read field by field; a field of another type counts as absent. */
export class JsonInput {
  readonly #fields: Record<string, unknown>;

  constructor(fields: Record<string, unknown>) {
    this.#fields = fields;
  }

  static parse(body: Buffer): JsonInput {
    try {
      const parsed: unknown = JSON.parse(body.toString('utf8') || '{}');
      if (isRecord(parsed)) return new JsonInput(parsed);
    } catch {
      // Answered below, as for any body that is no object.
    }
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }

  text(name: string): string | null {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : null;
  }

  number(name: string): number | null {
    const value = this.#fields[name];
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean | null {
    const value = this.#fields[name];
    return typeof value === 'boolean' ? value : null;
  }

  strings(name: string): string[] {
    return this.#items(name).filter((item) => typeof item === 'string');
  }

  list(name: string): JsonInput[] {
    return this.#items(name)
      .filter(isRecord)
      .map((item) => new JsonInput(item));
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  child(name: string): JsonInput {
    const value = this.#fields[name];
    return new JsonInput(isRecord(value) ? value : {});
  }

  #items(name: string): unknown[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value : [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
