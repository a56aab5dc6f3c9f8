import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Discovery, type FoundThing, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { readCatalog } from './catalog.ts';

const FILE = /^catalog-info\.ya?ml$/;
const DEEPEST = 4;
const MOST_FILES = 500;
const PASSED_BY = new Set(['node_modules', '.git', 'vendor', 'dist']);

/** Backstage's catalog files on this disk: each path is one of them, or a folder with checkouts. */
export function openDiscovery(paths: readonly string[]): Discovery {
  return {
    system: 'backstage',
    async discover() {
      const things: FoundThing[] = [];
      const gaps: string[] = [];
      for (const path of paths) {
        const files = await catalogFiles(
          path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path),
        );
        if (files.length === 0) gaps.push(`There is no catalog-info.yaml at ${path}.`);
        if (files.length >= MOST_FILES) gaps.push(`Of ${path} the first ${MOST_FILES} files were read.`);
        for (const file of files) {
          const read = readCatalog(await readFile(file, 'utf8'), file);
          things.push(...read.things);
          gaps.push(...read.gaps);
        }
      }
      return { ...NOTHING_FOUND, things, gaps };
    },
  };
}

async function catalogFiles(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  async function look(place: string, depth: number): Promise<void> {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (found.length >= MOST_FILES) return;
      if (entry.isFile() && FILE.test(entry.name)) found.push(join(place, entry.name));
      else if (entry.isDirectory() && depth < DEEPEST && !PASSED_BY.has(entry.name)) {
        await look(join(place, entry.name), depth + 1);
      }
    }
  }
  const about = await stat(path).catch(() => null);
  if (about?.isFile() === true) return /\.ya?ml$/.test(basename(path)) ? [path] : [];
  if (about !== null) await look(path, 0);
  return found;
}
