import { checkConfig, type Origin } from '../config/check.ts';
import { readSources } from '../config/sources.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { type Arguments, type Context, type Options, optionText } from './row.ts';

/** `oncall config`: every value in force and where it came from; `--schema`: the JSON Schema, for editors. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const schema = options.schema === true ? 'oncall' : optionText(options, 'schema');
  if (schema === 'oncall' || schema === 'user') {
    const { jsonSchema } = await import('../config/json-schema.ts');
    context.stdout.write(`${JSON.stringify(jsonSchema(schema), null, 2)}\n`);
    return 0;
  }
  const named = context.configFile === undefined ? {} : { configFile: context.configFile };
  const { loaded, origin, userFile } = checkConfig(readSources({ ...named, env: context.env }), context.env);
  const paint = painter(context.stdout.color);
  const rows = [...leaves(loaded.config, [])].map(([path, value]) => [
    { text: path.join('.'), tone: 'accent' as const },
    { text: value },
    { text: shortened(origin, path, loaded.folder), tone: 'muted' as const },
  ]);
  const who = loaded.user.email ?? 'nobody configured: PagerDuty is asked whose token it is';
  const head = [`# ${loaded.file}`, `# ${userFile ?? 'no user.yaml'}`, `# you: ${who}`];
  const lines = tableLines([{}, { gives: true }, {}], rows, context.stdout.columns, paint);
  context.stdout.write(`${[...head.map((line) => paint('muted', line)), ...lines].join('\n')}\n`);
  return 0;
}

type Leaf = readonly [path: readonly (string | number)[], value: string];

function* leaves(value: unknown, path: readonly (string | number)[]): Generator<Leaf> {
  if (Array.isArray(value) && path.at(-1) === 'command') {
    // Arguments are not shown: somebody may have put a secret there.
    yield [path, `${String(value[0])}${value.length > 1 ? ' …' : ''}`];
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key]);
  } else if (value !== undefined) {
    yield [path, withoutPassword(String(value))];
  }
}

function withoutPassword(text: string): string {
  if (!/^[a-z]+:\/\//i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.password === '') return text;
  url.password = '***';
  return url.href;
}

function shortened(origin: Origin, path: readonly (string | number)[], folder: string): string {
  const place = origin(path);
  return place.startsWith(`${folder}/`) ? place.slice(folder.length + 1) : place;
}
