import type { Card } from '../model/card.ts';
import { localNow } from '../model/instant.ts';
import { STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import { COMING_COLUMNS, comingCells } from '../text/coming-line.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { attempt } from '../watch/once.ts';
import { jsonCard, jsonDocument, jsonReading } from './json.ts';
import { exitOf } from './look.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

/** `oncall coming`: the cards of the Deploy lane, over all services, those that wait longest first. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const systems = await context.systems();
  const reading = await attempt<readonly Card[]>(systems, 'leankit', undefined, STALE_AFTER_MS, async () =>
    (await systems.board()).coming(),
  );
  const exit = exitOf(context, reading);
  const now = localNow();
  if (flag(options, 'json')) {
    const coming = reading.value?.map(jsonCard) ?? null;
    const rest = { reading: jsonReading(reading, now), coming };
    context.stdout.write(jsonDocument(catalog, systems.now('leankit'), rest));
    return exit;
  }
  const paint = painter(context.stdout.color);
  const rows = (reading.value ?? []).map((card) => comingCells(card, systemNow(reading, now)));
  const lines = tableLines(COMING_COLUMNS, rows, context.stdout.columns, paint);
  const nothing = reading.value === null ? 'not known' : 'nothing waits to go out';
  const marks = catalog.practice ? `  ${paint('practice', 'PRACTICE')}` : '';
  const body = lines.length > 0 ? lines : [nothing];
  context.stdout.write(`${[`${paint('strong', 'coming')}${marks}`, '', ...body].join('\n')}\n`);
  return exit;
}
