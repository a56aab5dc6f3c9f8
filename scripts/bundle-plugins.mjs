// What the bundle does to modules on their way in, most of it so that a start loads little.
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
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
 * promises, diffs, undici): this way modules read only what they import (but for the practice world's, whose imports would be
 * read along).
 */
export const builtinsAsFarAsUsed = {
  name: 'builtins-as-far-as-used',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z:/_]+$/ }, ({ path: name, importer, kind }) => {
      if (kind !== 'import-statement' || !isBuiltin(name) || importer.startsWith(path('src/practice/')))
        return;
      // Packages have modules of their own for it: what they import, ours would read along.
      const whose = importer.startsWith(path('src/')) ? 'ours' : 'of-packages';
      return { path: name, namespace: `builtins-${whose}`, sideEffects: false };
    });
    const load = ({ path: name }) => {
      const names = Object.keys(process.getBuiltinModule(name)).filter((key) => /^[a-z]\w*$/i.test(key));
      return {
        contents: [
          `const all = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
          'export default all;',
          ...names.map((key) => `export const ${key} = /* @__PURE__ */ (() => all.${key})();`),
        ].join('\n'),
      };
    };
    for (const namespace of ['builtins-ours', 'builtins-of-packages'])
      onLoad({ filter: /./, namespace }, load);
  },
};

/**
 * string-width makes its segmenter and its expressions when it is loaded, which takes as long as Node's own start, and
 * Ink brings five copies of it. Here it is one copy for Ink and one for us, loaded when a text is not plain.
 */
export const stringWidthWhenCalled = {
  name: 'string-width-when-called',
  setup({ onResolve, onLoad }) {
    const folders = { ours: path('.'), 'of-ink': path('node_modules/ink') };
    onResolve({ filter: /^string-width$/ }, ({ importer, namespace }) =>
      namespace === 'when-called'
        ? undefined
        : { path: importer.startsWith(path('src/')) ? 'ours' : 'of-ink', namespace: 'when-called' },
    );
    onLoad({ filter: /./, namespace: 'when-called' }, ({ path: whose }) => ({
      contents: `
        import { plainWidth } from ${JSON.stringify(path('src/text/plain-width.ts'))};
        let measure;
        export default (text, options) =>
          (options === undefined ? plainWidth(text) : null) ??
          (measure ??= require('string-width').default)(text, options);`,
      resolveDir: folders[whose],
    }));
  },
};

/** Yoga fetches its WebAssembly from a `data:` URL where there is a fetch; the built-in one loads longer than the cockpit. */
export const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const asked = '"function"!=typeof fetch';
      if (!source.includes(asked)) throw new Error(`${path} asks for fetch in another way: look at it`);
      return { contents: source.replace(asked, 'true') };
    });
  },
};

/**
 * The AWS SDK's schemas of every operation stand in one file of each client, a megabyte for EC2. Keys that are computed
 * from a constant keep all of it: with the constants' values in their place what is not used is left out.
 */
export const awsSchemasAsFarAsUsed = {
  name: 'aws-schemas-as-far-as-used',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk.client-[\w-]+.dist-es.schemas.\w+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const constants = new Map(
        [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]),
      );
      const contents = source.replaceAll(/\[(\w+)\]:/g, (key, name) =>
        constants.has(name) ? `${constants.get(name)}:` : key,
      );
      return { contents };
    });
  },
};
