// npm run bench [-- --json] [-- --short] [-- --only NAME…]: figures as ratios to a baseline of the same run.
import { parseArgs } from 'node:util';
import { PracticeWorld } from '../support/practice.ts';
import type { Figure } from './figure.ts';
import { measureIngest } from './ingest.ts';
import { measureEvents } from './ingest-events.ts';
import { measureKept } from './kept.ts';
import { measureIdle, measureScreen } from './screen.ts';
import { measureStart } from './start.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, short: { type: 'boolean' }, only: { type: 'boolean' } },
  allowPositionals: true,
});
const wanted = (name: string) =>
  values.only !== true || positionals.some((prefix) => name.startsWith(prefix));
const anyOf = (...names: readonly string[]) => names.some(wanted);

const quick = values.short === true;
const figures: Figure[] = [];
if (anyOf('status', 'short.start', 'cockpit.first', 'beside')) {
  const world = await PracticeWorld.start('--tls');
  try {
    figures.push(...(await measureStart(world, quick ? 5 : 21, wanted)));
  } finally {
    await world.stop();
  }
}
if (anyOf('ingest.lines')) figures.push(measureIngest(quick ? 5 : 21));
if (anyOf('ingest.events')) figures.push(await measureEvents(quick ? 3 : 11));
if (anyOf('bytes.idle')) figures.push(...(await measureIdle(quick ? 5 : 20)));
if (anyOf('bytes.120x40')) figures.push(...(await measureScreen(quick ? 5 : 20)));
if (anyOf('key.100.p50', 'key.100.p99', 'key.1000.p50', 'key.1000.p99', 'memory.100k', 'jobs.left')) {
  figures.push(...(await measureKept(quick)));
}

for (const figure of figures.filter(({ name }) => wanted(name))) {
  process.stdout.write(values.json === true ? `${JSON.stringify(figure)}\n` : `${row(figure)}\n`);
}

function row({ name, value, unit, baseline, ratio, n, spread }: Figure): string {
  const between = spread === undefined ? '' : `, ×${spread[0]} to ×${spread[1]}`;
  return `${name.padEnd(16)} ${`${value} ${unit}`.padStart(14)}   ${`×${ratio}`.padStart(8)} of ${baseline} ${unit} (n=${n}${between})`;
}
