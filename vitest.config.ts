import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const transport = fileURLToPath(new URL('src/systems/http/cross-fetch.ts', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'cross-fetch': transport } },
  test: {
    // A plain alias does not reach a CommonJS dependency: pdjs is bundled first, with the alias applied.
    deps: { optimizer: { ssr: { enabled: true, include: ['@pagerduty/pdjs'] } } },
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 3,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
