import { registerHooks } from 'node:module';

const TRANSPORT = new URL('../../src/systems/http/cross-fetch.ts', import.meta.url).href;

// The alias of scripts/build.mjs and vitest.config.ts, for a program that Node runs from its sources.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'cross-fetch' ? { url: TRANSPORT, shortCircuit: true } : next(specifier, context),
});
