import * as z from 'zod';
import { configSchema, userSchema } from './schema.ts';

/**
 * JSON Schema of `oncall.yaml` or `user.yaml`, for editors: of draft 7, the newest that the YAML language server in
 * use reads (https://github.com/redhat-developer/yaml-language-server/issues/856).
 */
export function jsonSchema(which: 'oncall' | 'user'): object {
  const schema = which === 'oncall' ? configSchema : userSchema;
  return { title: `${which}.yaml`, ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) };
}
