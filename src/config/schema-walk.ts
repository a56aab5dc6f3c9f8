import * as z from 'zod';

/** The schema under a key, without the wrappers that say optional or default; null: no such key. */
export function child(schema: z.ZodType, key: string | number): z.ZodType | null {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodObject) return Object.hasOwn(bare.shape, key) ? bare.shape[key] : null;
  if (bare instanceof z.ZodRecord) return bare.valueType as z.ZodType;
  if (bare instanceof z.ZodArray) return bare.element as z.ZodType;
  return null;
}

/** Keys that an object schema knows; empty for anything else. */
export function knownKeys(schema: z.ZodType): readonly string[] {
  const bare = unwrap(schema);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

export function at(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | null {
  let here: z.ZodType | null = schema;
  for (const key of path) {
    if (here === null || typeof key === 'symbol') return null;
    here = child(here, key);
  }
  return here;
}

export function unwrap(schema: z.ZodType): z.ZodType {
  let bare = schema;
  while (bare instanceof z.ZodOptional || bare instanceof z.ZodDefault || bare instanceof z.ZodNullable) {
    bare = bare.unwrap() as z.ZodType;
  }
  return bare;
}
