import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const dist = (name: string) => fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
const packages: Record<string, readonly string[]> = JSON.parse(readFileSync(dist('packages.json'), 'utf8'));
/** Everything that draws, and every vendor's SDK but PagerDuty's; and what only checks a configuration anew. */
const HEAVY =
  /^(ink|react|react-reconciler|yoga-layout|@aws-sdk\/.*|@smithy\/.*|dockerode|splunk-sdk|yaml|conf|ajv)$/;

/** The files that one loads before it does anything. */
function loadedWith(name: string, known: Set<string> = new Set()): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  const text = readFileSync(dist(name), 'utf8');
  for (const [, other = ''] of text.matchAll(/\b(?:from|import)\s*"\.\/([\w/.-]+\.js)"/g)) {
    loadedWith(other, known);
  }
  return known;
}

const packagesOf = (name: string) =>
  [...loadedWith(name)].flatMap((file) => packages[file.replace('.js', '')] ?? []);

describe('what is loaded from the bundle', () => {
  test('by --short: two files, and no package', () => {
    expect([...loadedWith('main.js')]).toEqual(['main.js', 'prompt.js']);
    expect(packagesOf('main.js')).toEqual([]);
  });

  test('by status: four files, with PagerDuty’s client and no other', () => {
    expect([...loadedWith('pager.js')].sort()).toEqual(['pager.js', 'prompt.js', 'status.js']);
    expect(packagesOf('pager.js')).toContain('@pagerduty/pdjs');
    expect(packagesOf('pager.js').filter((name) => HEAVY.test(name))).toEqual([]);
  });

  test('by the cockpit before its first frame: no vendor’s SDK', () => {
    expect(packagesOf('cockpit.js')).toContain('ink');
    expect(
      packagesOf('cockpit.js').filter((name) => /^@aws-sdk|^dockerode$|^splunk-sdk$|^conf$/.test(name)),
    ).toEqual([]);
  });
});
