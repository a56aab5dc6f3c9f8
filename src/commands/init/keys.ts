import * as z from 'zod';
import { child, unwrap } from '../../config/schema-walk.ts';
import { systemsSchema } from '../../config/systems/index.ts';
import type { SystemName } from './rows.ts';
import type { Checked } from './talk.ts';

/** One key of a system, as a question needs it. */
export interface Key {
  readonly name: string;
  /** There is no default, and it has to be there. */
  readonly isNeeded: boolean;
  /** As it would be typed; undefined: none. */
  readonly usual: string | undefined;
  readonly help: string | undefined;
  /** What was typed as the value of the key, by the schema's own rules. */
  read(answer: string): Checked<unknown>;
}

/** Every key of a system but its token, the address first. */
export function keysOf(system: SystemName): readonly Key[] {
  const schema = systemSchema(system);
  const names = Object.keys(schema.shape).filter((name) => name !== 'token' && name !== 'ca_file');
  return names
    .toSorted((one, other) => Number(other === 'url') - Number(one === 'url'))
    .flatMap((name) => keyOf(name, child(schema, name)) ?? []);
}

export function systemNames(): readonly SystemName[] {
  return systemsSchema.keyof().options;
}

/** Whether the system can be asked without a token, too. */
export function tokenIsOptional(system: SystemName): boolean {
  const { token } = systemSchema(system).shape;
  return token === undefined || token.safeParse(undefined).success;
}

function systemSchema(system: SystemName): z.ZodObject<Record<string, z.ZodType>> {
  const schema = child(systemsSchema, system);
  const bare = schema === null ? null : unwrap(schema);
  if (bare instanceof z.ZodObject) return bare as z.ZodObject<Record<string, z.ZodType>>;
  throw new Error(`systems.${system} is no object in the schema`);
}

/** null: nothing that can be typed in a line, such as a mapping. */
function keyOf(name: string, schema: z.ZodType | null): Key | null {
  if (schema === null) return null;
  const bare = unwrap(schema);
  const parse = reader(bare);
  if (parse === null) return null;
  const empty = schema.safeParse(undefined);
  const usual = empty.success && empty.data !== undefined ? String(empty.data) : undefined;
  const about = schema.description ?? bare.description;
  const help = about ?? (name.endsWith('url') ? 'Whole, such as https://host.example' : undefined);
  const choices = bare instanceof z.ZodEnum ? ` One of ${bare.options.join(', ')}.` : '';
  return {
    name,
    isNeeded: !empty.success,
    usual,
    help: help === undefined ? choices.trim() || undefined : `${help}${choices}`,
    read(answer) {
      if (name.endsWith('url') && URL.parse(answer)?.password)
        return {
          wrong: 'No password in an address: it would stand in the file. Its token is asked for next.',
        };
      const result = schema.safeParse(parse(answer));
      if (result.success) return { value: result.data };
      const said = result.error.issues[0]?.message ?? 'it does not fit';
      const isUrl = bare instanceof z.ZodURL;
      return { wrong: isUrl ? `That is no address: write it whole, such as https://…` : `${said}.` };
    },
  };
}

function reader(bare: z.ZodType): ((answer: string) => unknown) | null {
  if (bare instanceof z.ZodString || bare instanceof z.ZodStringFormat || bare instanceof z.ZodEnum)
    return (answer) => answer;
  if (bare instanceof z.ZodNumber)
    return (answer) => (/^-?\d+(\.\d+)?$/.test(answer) ? Number(answer) : answer);
  if (bare instanceof z.ZodBoolean) return (answer) => /^(y|yes|true)$/i.test(answer);
  if (bare instanceof z.ZodArray) return (answer) => answer.split(/[\s,]+/).filter((part) => part !== '');
  return null;
}
