// Loading a module takes a fifth of a millisecond however small it is, and splitting leaves hundreds of small ones.
import { writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Joins the chunks that are loaded together into one file each. A joined chunk stays where it was as a line that
 * exports the same from that file: whoever else imports it gets the same classes and the same state.
 * @param folder of the bundle; its metafile's paths are relative to the working directory
 * @param start the entry point's file in it: it imports from the joined files themselves
 * @param stages groups by name, each of sources that are entry points or imported lazily. A group is loaded whole, with
 *   those of the stages before that it needs; what several groups of one stage share goes into `shared.js`.
 * @returns the packages in each group's file
 */
export async function mergeChunks(folder, metafile, start, stages) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [resolve(path), output]));
  const joined = new Map();
  const packages = {};
  for (const stage of stages) {
    for (const [name, own] of partsOf(stage)) {
      const file = join(folder, `${name}.js`);
      const names = [...own].map((path) => [
        path,
        outputs.get(path).exports.map((each) => [each, `${stem(path)}_${each}`]),
      ]);
      const lines = names.map(([path, exported]) => `${exportsFrom(exported)} ${JSON.stringify(path)};`);
      await link(folder, file, { stdin: { contents: lines.join('\n'), resolveDir: folder } }, joined, own);
      for (const [path, exported] of names) joined.set(path, { file, exported });
      packages[name] = packagesIn([...own].flatMap((path) => Object.keys(outputs.get(path).inputs)));
    }
  }
  await link(
    folder,
    start,
    { entryPoints: [start], allowOverwrite: true },
    joined,
    new Set([resolve(start)]),
  );
  for (const [path, { file, exported }] of joined) {
    const renamed = exported.map(([each, name]) => [name, each]);
    await writeFile(path, `${exportsFrom(renamed)} ${JSON.stringify(importPath(path, file))};\n`);
  }
  return packages;

  /** The chunks of each group that no stage before has, and first those that several groups share. */
  function partsOf(stage) {
    const wanted = Object.entries(stage).map(([name, entries]) => {
      const chunks = entries.flatMap((entry) => closure(outputs, chunkOf(outputs, entry)));
      return [name, new Set(chunks.filter((path) => path !== resolve(start) && !joined.has(path)))];
    });
    const isShared = (path) => wanted.filter(([, chunks]) => chunks.has(path)).length > 1;
    const shared = new Set(wanted.flatMap(([, chunks]) => [...chunks].filter(isShared)));
    const own = wanted.map(([name, chunks]) => [name, chunks.difference(shared)]);
    return shared.size === 0 ? own : [['shared', shared], ...own];
  }
}

/** Bundles those chunks alone: joined ones are imported from their file, all others as they are. */
function link(folder, outfile, entry, joined, own) {
  return build({
    ...entry,
    outfile,
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    logLevel: 'warning',
    plugins: [
      {
        name: 'chunks-outside',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^[./]/ }, ({ path, resolveDir, kind, namespace }) => {
            const target = resolve(resolveDir, path);
            if (kind === 'entry-point' || own.has(target)) return undefined;
            const known = joined.get(target);
            if (namespace === 'joined' || known === undefined || kind === 'dynamic-import') {
              return { path: importPath(outfile, target), external: true };
            }
            return { path: relative(folder, target), namespace: 'joined' };
          });
          onLoad({ filter: /./, namespace: 'joined' }, ({ path }) => {
            const { file, exported } = joined.get(join(folder, path));
            const renamed = exported.map(([each, name]) => [name, each]);
            return { contents: `${exportsFrom(renamed)} ${JSON.stringify(file)};`, resolveDir: folder };
          });
        },
      },
    ],
  });
}

function chunkOf(outputs, source) {
  const found = [...outputs].find(([, output]) => output.entryPoint === source);
  if (found === undefined) throw new Error(`${source} is no entry point and nowhere imported lazily`);
  return found[0];
}

/** The chunk and all that it imports when it is loaded. */
function closure(outputs, path, known = new Set()) {
  if (known.has(path)) return [...known];
  known.add(path);
  for (const { path: other, kind, external } of outputs.get(path).imports) {
    if (kind === 'import-statement' && external !== true) closure(outputs, resolve(other), known);
  }
  return [...known];
}

function exportsFrom(exported) {
  return exported.length === 0
    ? 'import'
    : `export { ${exported.map(([from, to]) => (from === to ? from : `${from} as ${to}`)).join(', ')} } from`;
}

function stem(path) {
  return basename(path, '.js').replaceAll(/\W/g, '_');
}

function importPath(from, to) {
  const path = relative(join(from, '..'), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function packagesIn(sources) {
  const names = sources.map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
