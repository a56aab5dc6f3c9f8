#!/usr/bin/env node
// Writes the pages that are made from data: docs/faults.md. A test compares them with what is committed.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { faultsPage } from '../test/faults/page.ts';

await writeFile(fileURLToPath(new URL('../docs/faults.md', import.meta.url)), faultsPage());
