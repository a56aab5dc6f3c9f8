#!/usr/bin/env node
// Writes the pages that are made from data: docs/faults.md and docs/schema/. Tests compare them with what is committed.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { jsonSchema } from '../src/config/json-schema.ts';
import { faultsPage } from '../test/faults/page.ts';

const path = (name) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

await writeFile(path('faults.md'), faultsPage());
await mkdir(path('schema'), { recursive: true });
for (const which of ['oncall', 'user']) {
  await writeFile(path(`schema/${which}.schema.json`), `${JSON.stringify(jsonSchema(which), null, 2)}\n`);
}
