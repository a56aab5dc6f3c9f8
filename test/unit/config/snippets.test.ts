import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readAnswers } from '../../../src/config/answers.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { systemsSchema } from '../../../src/config/systems/index.ts';
import { ConfigFolder, TRIBE } from './folder.ts';

/** A page's YAML, but for what goes into other programs' files: a pipeline of Buildkite has `steps`. */
const snippets = ['README.md', ...globSync('docs/systems/*.md').sort()].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, text = ''], index) => ({ page, n: index + 1, text }))
    .filter(({ text }) => !/^steps:/m.test(text)),
);

let home: ConfigFolder;
beforeEach(() => {
  home = new ConfigFolder(null);
});
afterEach(() => home.remove());

test('every system of the configuration has a page, and every page a snippet', () => {
  const shown = snippets.map(({ page }) => page);
  const pages = Object.keys(systemsSchema.shape).map((system) => `docs/systems/${system}.md`);
  expect([...pages, ...globSync('docs/systems/*.md')].filter((page) => !shown.includes(page))).toEqual([]);
});

test.each(snippets)('$page, snippet $n, is a configuration as it stands', async ({ text }) => {
  home.write('oncall.yaml', stringify(merged(parse(TRIBE), parse(text))));
  await expect(loadConfig({ env: home.env })).resolves.toMatchObject({ file: home.path('oncall.yaml') });
});

test('the answers on the page of oncall init are answers', () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/init.md', 'utf8')) ?? [];
  const answers = readAnswers({ file: '/answers.yaml', text, mode: 0o600 }, '/');
  expect(answers.look_in.organisations).toEqual(['harbour']);
});

type Mapping = Readonly<Record<string, unknown>>;

/** The snippet into the tribe: mappings become one, lists are appended, services without a squad are Billing's. */
function merged(base: unknown, over: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(over)) {
    const ids = new Set(over.map((one: Mapping) => one.id));
    return [...base.filter((one: Mapping) => !ids.has(one.id)), ...over];
  }
  if (!isMapping(base) || !isMapping(over)) return over;
  const names = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  const both = Object.fromEntries(
    names.map((name) => [name, name in over ? merged(base[name], over[name]) : base[name]]),
  );
  return isMapping(both.services) ? { ...both, services: owned(both.services) } : both;
}

function owned(services: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(services).map(([name, one]) => [
      name,
      { squad: 'billing', ...(isMapping(one) ? one : {}) },
    ]),
  );
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
