// What the bundle does to modules on their way in, most of it so that a start loads little.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** splunk-sdk names a function by `arguments.callee`, which the strict mode of an ES module forbids. */
export const splunkSdkInStrictMode = {
  name: 'splunk-sdk-in-strict-mode',
  setup({ onLoad }) {
    onLoad({ filter: /splunk-sdk.lib.jquery\.class\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('arguments.callee')) throw new Error(`${path} needs this mend no more: remove it`);
      return { contents: source.replaceAll('arguments.callee', 'root.Class.extend') };
    });
  },
};

/**
 * An ES import of a built-in module reads every one of its exports, and so loads much that is never used (streams,
 * promises, diffs, undici): this way our own modules read only what they import (but for the practice world's, whose
 * imports would be read along).
 */
export const builtinsAsFarAsUsed = {
  name: 'builtins-as-far-as-used',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path: name, importer }) =>
      importer.startsWith(path('src/')) && !importer.startsWith(path('src/practice/'))
        ? { path: name, namespace: 'builtin', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path: name }) => {
      const names = Object.keys(process.getBuiltinModule(name)).filter((key) => /^[a-z]\w*$/i.test(key));
      return {
        contents: [
          `const all = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
          'export default all;',
          ...names.map((key) => `export const ${key} = /* @__PURE__ */ (() => all.${key})();`),
        ].join('\n'),
      };
    });
  },
};

/**
 * string-width makes its segmenter and its expressions when it is loaded, which takes as long as Node's own start.
 * The commands seldom measure text that is not plain: here it is loaded when it is called.
 */
export const stringWidthWhenCalled = {
  name: 'string-width-when-called',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === path('src/text/width.ts') ? { path: 'string-width', namespace: 'when-called' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'when-called' }, () => ({
      contents: `let measure; export default (text) => (measure ??= require('string-width').default)(text);`,
      resolveDir: path('.'),
    }));
  },
};

/** Modules that are loaded together: before a command knows more, and when it asks a system. */
const TOGETHER = [
  [
    'commands/choose',
    'commands/context',
    'commands/exit',
    'commands/output',
    'commands/row',
    'commands/short-status',
    'commands/status',
    'commands/status-short',
    'config/error',
    'config/own-file',
    'config/places',
    'config/short-key',
    'config/state',
    'insight/incidents',
    'insight/status',
    'model/failure',
    'model/instant',
    'model/reading',
    'model/safe-text',
    'text/time',
    'watch/snapshot',
  ],
  [
    'commands/duty-json',
    'commands/json',
    'commands/names',
    'commands/status-full',
    'commands/status-text',
    'config/compiled',
    'config/inline-secrets',
    'config/load',
    'config/secrets',
    'config/sources',
    'insight/log-system',
    'insight/nearest',
    'insight/oncall-now',
    'insight/suspect',
    'model/catalog',
    'model/time-zone',
    'systems/http/json',
    'systems/http/network-failure',
    'systems/http/pauses',
    'systems/http/token',
    'systems/index',
    'text/header',
    'text/incident-line',
    'text/paint',
    'text/reading',
    'text/table',
    'text/width',
    'watch/identify',
    'watch/once',
    'watch/policies',
    'watch/probe',
  ],
].map((names) => names.map((name) => path(`src/${name}.ts`)));

/**
 * The bundle has one file for each set of commands that share a module, a hundred in all. Who takes one module of a
 * group is made to take all of it, so that they share a file: by a module in between, which changes no order, since
 * the group's own imports of each other stay as they are.
 */
export const togetherInOneFile = {
  name: 'together-in-one-file',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path: name, importer, kind, resolveDir }) => {
      const file = resolve(resolveDir, name);
      const group = TOGETHER.findIndex((files) => files.includes(file));
      const inside = kind !== 'dynamic-import' && TOGETHER[group]?.includes(importer);
      if (group === -1 || inside) return undefined;
      return { path: file, namespace: 'one-of-a-group', pluginData: { group } };
    });
    onLoad({ filter: /./, namespace: 'one-of-a-group' }, ({ path: file, pluginData }) => ({
      contents: `import 'group:${pluginData.group}'; export * from ${JSON.stringify(file)};`,
      resolveDir: path('.'),
    }));
    onResolve({ filter: /^group:/ }, ({ path: name }) => ({ path: name.slice(6), namespace: 'group' }));
    onLoad({ filter: /./, namespace: 'group' }, ({ path: group }) => ({
      contents: TOGETHER[group].map((file) => `import ${JSON.stringify(file)};`).join('\n'),
      resolveDir: path('.'),
    }));
  },
};
