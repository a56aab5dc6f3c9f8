#!/usr/bin/env node
// Bundles src/ into dist/: small chunks, so that a command loads only what it needs.
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import {
  awsSchemasAsFarAsUsed,
  builtinsAsFarAsUsed,
  splunkSdkInStrictMode,
  stringWidthWhenCalled,
  yogaWithoutFetch,
} from './bundle-plugins.mjs';
import { mergeChunks } from './merge-chunks.mjs';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

// CommonJS dependencies inside an ES module still call require(), which is left for built-in modules only.
const requireBuiltin = `const require = (id) => {
  const builtin = process.getBuiltinModule(id);
  if (builtin) return builtin;
  throw Object.assign(new Error("Cannot find module '" + id + "'"), { code: 'MODULE_NOT_FOUND' });
};`.replaceAll(/\n */g, ' ');

/** Tells builds apart: of the sources of the configuration and of the dependencies. */
async function fingerprint() {
  const listed = await readdir(path('src/config'), { recursive: true });
  const names = listed
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/config/${name}`)
    .sort();
  const files = [...names, 'src/model/catalog.ts', 'package.json', 'package-lock.json'];
  const hash = createHash('sha256');
  for (const name of files) hash.update(await readFile(path(name)));
  return hash.digest('hex').slice(0, 16);
}

// Built beside and then swapped in: a program that runs meanwhile never finds half a bundle.
const built = path(`dist.${process.pid}`);
const { metafile } = await build({
  entryPoints: {
    main: path('src/main.ts'),
    practice: path('src/practice/main.ts'),
    'deploy-runner': path('src/systems/command/runner.ts'),
  },
  outdir: built,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // ES modules where a package has both: of CommonJS nothing can be left out.
  mainFields: ['module', 'main'],
  target: 'node22',
  jsx: 'automatic',
  minifySyntax: true,
  sourcemap: false,
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"', ONCALL_BUILD: JSON.stringify(await fingerprint()) },
  alias: {
    'cross-fetch': path('src/systems/http/cross-fetch.ts'),
    'react-devtools-core': path('scripts/react-devtools-stub.mjs'),
    // dockerode's own SSH and BuildKit modes, which are not used.
    ssh2: path('scripts/unused-stub.mjs'),
    '@grpc/grpc-js': path('scripts/unused-stub.mjs'),
    '@grpc/proto-loader': path('scripts/unused-stub.mjs'),
  },
  banner: { js: requireBuiltin },
  plugins: [
    splunkSdkInStrictMode,
    builtinsAsFarAsUsed,
    awsSchemasAsFarAsUsed,
    stringWidthWhenCalled,
    yogaWithoutFetch,
  ],
  logLevel: 'warning',
});
const packages = await mergeChunks(built, metafile, `${built}/main.js`, [
  { prompt: ['src/main.ts', 'src/commands/status.ts', 'src/commands/status-short.ts'] },
  { status: ['src/commands/status-full.ts', 'src/config/load.ts', 'src/systems/index.ts'] },
  { pager: ['src/systems/pagerduty/index.ts'] },
  {
    aws: [
      'src/systems/releases/index.ts',
      'src/systems/aws/releases.ts',
      'src/systems/aws/fleet.ts',
      'src/systems/aws/machines.ts',
    ],
    docker: ['src/systems/docker/index.ts'],
    splunk: ['src/systems/log/route.ts', 'src/systems/splunk/index.ts'],
    cockpit: [
      'src/commands/start.ts',
      'src/commands/cockpit.ts',
      'src/cockpit/index.tsx',
      'src/watch/follow.ts',
      'src/actions/index.ts',
      'src/config/user-state.ts',
      'src/config/log-marks.ts',
    ],
  },
]);
await writeFile(`${built}/packages.json`, `${JSON.stringify(packages, null, 1)}\n`);
await cp(path('src/practice/scenarios'), `${built}/scenarios`, { recursive: true });
const old = `${built}.old`;
await rename(path('dist'), old).catch(() => undefined);
await rename(built, path('dist'));
await rm(old, { recursive: true, force: true });
