import * as z from 'zod';
import { configSchema, userSchema } from './schema.ts';

/** JSON Schema (draft 2020-12) of `oncall.yaml` or `user.yaml`, for editors. */
export function jsonSchema(which: 'oncall' | 'user'): object {
  const schema = which === 'oncall' ? configSchema : userSchema;
  return { title: `${which}.yaml`, ...z.toJSONSchema(schema, { io: 'input' }) };
}
