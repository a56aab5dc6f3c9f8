import type { Arguments, Context, Options } from './row.ts';

export async function run(context: Context, _args: Arguments, _options: Options): Promise<number> {
  const { catalog } = await context.config();
  context.stdout.write(`${catalog.tribe}\n`);
  return 0;
}
