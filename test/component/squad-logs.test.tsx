import { expect, test } from 'vitest';
import type { Catalog, Service } from '../../src/model/catalog.ts';
import type { LogLine } from '../../src/model/log-line.ts';
import { Sitting } from './sitting.tsx';
import { CATALOG, logLine, logView } from './story.ts';

const MATES = ['invoice-printer', 'invoice-runner'];
const [FIRST] = CATALOG.services;
if (FIRST === undefined) throw new Error('the story has no services');
const withLog = (service: Service, name: string): Service => ({
  ...service,
  name,
  logs: { index: 'app', where: { service: name } },
});
/** Billing with three services that have a log, and one without. */
const SQUAD: Catalog = {
  ...CATALOG,
  services: [
    ...['charge-central', ...MATES].map((name) => withLog(FIRST, name)),
    { ...FIRST, name: 'cash-desk' },
    ...CATALOG.services.slice(1),
  ],
};

const of = (service: string, line: LogLine): LogLine => ({ ...line, id: `${service} ${line.id}`, service });

function atTheLogs(screen?: { columns: number; rows: number }): Sitting {
  const sitting = new Sitting({ catalog: SQUAD, ...(screen && { screen }) });
  sitting.watch.logs('charge-central', 'prod').set(logView([logLine(1, 'charged 7 cards')]));
  sitting.watch
    .logs('charge-central', 'prod', MATES)
    .set(
      logView([
        logLine(1, 'charged 7 cards'),
        of('invoice-runner', logLine(2, 'out of paper', 'error')),
        of('invoice-printer', logLine(3, 'printed 5 pages')),
      ]),
    );
  return sitting;
}

test('Q shows the logs of the whole squad, each line with its short name, and this service alone again', async () => {
  const sitting = atTheLogs();
  await sitting.press('4');
  await sitting.sees('charged 7 cards');
  expect(sitting.text).not.toContain('out of paper');
  await sitting.press('Q');
  await sitting.sees('Billing, 3 of 4 services');
  await sitting.sees(/charge-centr i-03/);
  await sitting.sees(/invoic-runne i-03 +ERROR out of paper/);
  await sitting.sees(/invoic-print i-03 +INFO +printed 5 pages/);
  await sitting.press('Q');
  await sitting.seesNoMore('out of paper');
  await sitting.sees('4 Logs ─ charge-central');
});

test('filters, patterns and errors work on the lines of all of them', async () => {
  const sitting = atTheLogs();
  await sitting.press('4', 'Q', '/');
  await sitting.types('service=invoice-printer');
  await sitting.press('Enter');
  await sitting.seesNoMore('out of paper');
  await sitting.sees('printed 5 pages');
  await sitting.press('X', '[');
  await sitting.sees('paused');
  await sitting.press('P');
  await sitting.sees('out of paper');
  await sitting.sees('printed <*> pages');
});

test('at 80 columns the names are shorter, and still different ones', async () => {
  const sitting = atTheLogs({ columns: 80, rows: 24 });
  await sitting.press('4', 'Q');
  await sitting.sees(/invo-run i-03 +ERROR out of paper/);
  await sitting.sees(/invo-pri i-03/);
});

test('a copied line tells its service', async () => {
  const sitting = atTheLogs();
  await sitting.press('4', 'Q', 'y');
  await sitting.sees('Copied');
  expect(sitting.copied.at(-1)).toContain('invoice-printer');
});

test('a squad without another log is told as such', async () => {
  const sitting = new Sitting();
  await sitting.press('4', 'Q');
  await sitting.sees('Billing has no other service with a log in prod');
});
