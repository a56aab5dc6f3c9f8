import { expect, test } from 'vitest';
import { complete, type Names } from '../../../src/commands/completion/complete.ts';
import { globalOptions, table } from '../../../src/commands/table.ts';

const words =
  (...all: string[]) =>
  async () =>
    all.map((word) => ({ word, meaning: '' }));
const asked: unknown[][] = [];
const names: Names = {
  services: words('charge-central', 'checkout', 'mailer'),
  squads: words('billing', 'ledger'),
  duties: words('owl'),
  environments: words('prod', 'test'),
  incidents: words('Q1', 'Q2'),
  versions: async (...about) => {
    asked.push(about);
    return [{ word: '1.0.282', meaning: '' }];
  },
  intents: words('m1x'),
};

async function after(line: string): Promise<readonly string[]> {
  const found = await complete(line.split(' '), table, globalOptions, names);
  return found.map(({ word }) => word);
}

test.each([
  ['rol', ['rollback']],
  ['--con', ['--config']],
  ['--config ', []],
  ['--config /x/oncall.yaml sta', ['status']],
  ['nosuch ', []],
  ['logs ch', ['charge-central', 'checkout']],
  ['logs mailer ', ['charge-central', 'checkout']],
  ['logs --env ', ['prod', 'test']],
  ['logs --env=p', ['--env=prod']],
  ['logs mailer -f --si', ['--since']],
  ['ack Q1 ', ['Q2']],
  ['reroute ', ['Q1', 'Q2']],
  ['reroute Q1 ', ['Q2', 'billing', 'ledger', 'owl']],
  ['snooze Q1 ', ['30m', '1h', '4h', '1d']],
  ['signal d', ['downtime']],
  ['signal downtime nagios:x ', ['30m', '1h', '4h', '1d']],
  ['signal assign zendesk:1 l', ['ledger']],
  ['status --squad l', ['ledger']],
  ['config --schema', ['--schema']],
  ['rollback charge-central --confirm ', ['charge-central']],
  ['completion f', ['fish']],
  ['attach ', ['m1x']],
])('oncall %s', async (line, expected) => {
  expect(await after(line)).toEqual(expected);
});

test('versions are those of the service, in the environment that was named', async () => {
  expect(await after('rollback charge-central --env test --to ')).toEqual(['1.0.282']);
  expect(await after('rollback charge-central --to ')).toEqual(['1.0.282']);
  expect(asked).toEqual([
    ['charge-central', 'test'],
    ['charge-central', null],
  ]);
});

test('an option is offered once, and what is for programs never', async () => {
  expect(await after('rollback charge-central --env prod --')).not.toContain('--env');
  expect(await after('compl')).toEqual(['completion']);
});

test('every argument that is a name has its names', async () => {
  const free = new Set(['<text...>']);
  for (const row of table) {
    for (const { name } of row.arguments.slice(0, 1)) {
      if (!free.has(name)) expect([row.name, await after(`${row.name} `)]).not.toEqual([row.name, []]);
    }
  }
});
