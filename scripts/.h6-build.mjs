#!/usr/bin/env node
// Bundles src/ into dist/: small chunks, so that a command loads only what it needs.
import { cp, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, 'file:///work/main/scripts/build.mjs'));

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

await rm('/work/main/node_modules/.h6-dist', { recursive: true, force: true });
await build({
  entryPoints: { main: path('src/main.ts'), practice: path('src/practice/main.ts') },
  outdir: '/work/main/node_modules/.h6-dist',
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
await cp(path('src/practice/scenarios'), '/work/main/node_modules/.h6-dist/scenarios', { recursive: true });
