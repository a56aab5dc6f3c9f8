#!/usr/bin/env node
// Bundles src/ into dist/: small chunks, so that a command loads only what it needs.
import { cp, readFile, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

// splunk-sdk names a function by `arguments.callee`, which the strict mode of an ES module forbids.
const splunkSdkInStrictMode = {
  name: 'splunk-sdk-in-strict-mode',
  setup({ onLoad }) {
    onLoad({ filter: /splunk-sdk.lib.jquery\.class\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('arguments.callee')) throw new Error(`${path} needs this mend no more: remove it`);
      return { contents: source.replaceAll('arguments.callee', 'root.Class.extend') };
    });
  },
};

// Built beside and then swapped in: a program that runs meanwhile never finds half a bundle.
const built = path(`dist.${process.pid}`);
await build({
  entryPoints: { main: path('src/main.ts'), practice: path('src/practice/main.ts') },
  outdir: built,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  minifySyntax: true,
  sourcemap: false,
  chunkNames: 'chunks/[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: {
    'cross-fetch': path('src/systems/http/cross-fetch.ts'),
    'react-devtools-core': path('scripts/react-devtools-stub.mjs'),
    // dockerode's own SSH and BuildKit modes, which are not used.
    ssh2: path('scripts/unused-stub.mjs'),
    '@grpc/grpc-js': path('scripts/unused-stub.mjs'),
    '@grpc/proto-loader': path('scripts/unused-stub.mjs'),
  },
  // CommonJS dependencies inside an ES module still call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  plugins: [splunkSdkInStrictMode],
  logLevel: 'warning',
});
await cp(path('src/practice/scenarios'), `${built}/scenarios`, { recursive: true });
const old = `${built}.old`;
await rename(path('dist'), old).catch(() => undefined);
await rename(built, path('dist'));
await rm(old, { recursive: true, force: true });
