import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/systems/backstage/catalog.ts';
import { openDiscovery } from '../../../src/systems/backstage/discover.ts';

const COMPONENT = `
kind: Component
metadata:
  name: charge-central
  annotations:
    pagerduty.com/service-id: PCHA123
    github.com/project-slug: harbour/charge-central
    aws.amazon.com/amazon-ecr-arn: arn:aws:ecr:eu-west-1:210987654321:repository/pay/charge-central
  links: [{ title: Runbook, url: 'https://runbooks.harbour.example/cc' }]
spec: { type: service, owner: 'group:default/billing' }
`;

test('a file of several documents: components with their annotations, other kinds passed by', () => {
  const system = 'kind: System\nmetadata: { name: payments }\n';
  const library = 'kind: Component\nmetadata: { name: money }\nspec: { type: library }\n';
  const { things, gaps } = readCatalog([system, COMPONENT, library].join('---\n'), 'catalog-info.yaml');
  expect(gaps).toEqual([]);
  expect(things).toMatchObject([
    {
      name: 'charge-central',
      squad: 'billing',
      isService: true,
      keys: {
        pagerduty_service: 'PCHA123',
        repo: 'harbour/charge-central',
        image: 'pay/charge-central',
        runbook: 'https://runbooks.harbour.example/cc',
      },
    },
    { name: 'money', squad: null, isService: false, keys: {} },
  ]);
});

test('what is no YAML, too large or unfolds to far more is left out', () => {
  expect(readCatalog('kind: [', 'a.yaml')).toEqual({
    things: [],
    gaps: ['a.yaml was left out: it is no YAML.'],
  });
  expect(readCatalog(`#${'x'.repeat(2_000_000)}`, 'a.yaml').gaps[0]).toMatch(/larger than 1 MB/);
  const levels = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
  const bomb = ['kind: Component', 'a0: &a0 x', ...levels, 'metadata: { name: bomb }'].join('\n');
  expect(readCatalog(bomb, 'a.yaml').things).toEqual([]);
});

test('folders are looked through for the files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oncall-catalog-'));
  try {
    for (const place of ['charge-central', 'node_modules/other']) {
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, 'catalog-info.yaml'), COMPONENT);
    }
    const found = await openDiscovery([folder, join(folder, 'nowhere')]).discover();
    expect(found.things).toHaveLength(1);
    expect(found.gaps).toEqual([expect.stringContaining('nowhere')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
