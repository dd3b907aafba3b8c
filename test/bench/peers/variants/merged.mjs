import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Merges the shared chunks that INIT loads into one file, and optionally chunks below a size in bytes. Each module still has one instance, but if one
 * throws, all of them fail.
 */
export async function mergePreloaded(task, small = 0) {
  const options = { bundle: true, format: 'esm', minify: true, platform: 'node', write: false, absWorkingDir: task, target: 'node24' };
  const { preload, sharedChunks, routers } = JSON.parse(readFileSync(join(task, 'manifest.json'), 'utf8'));
  const shared = new Map(sharedChunks.map(({ file, bytes }) => [file, bytes]));
  const { exports, imports } = await describe(task, [...shared.keys()], options);
  const inEntry = preload.decisions.filter(({ reason }) => reason.startsWith('the entry')).map(({ file }) => file);
  const wanted = preload.decisions.filter(({ file, preload: loaded }) => shared.has(file) && !inEntry.includes(file) && (loaded || shared.get(file) < small)).map(({ file }) => file);
  const isClosed = (file) => inEntry.includes(file) || (wanted.includes(file) && imports.get(file).every(isClosed));
  const merged = wanted.filter(isClosed);
  if (merged.length < 2) return;

  const reexport = (file, as, from) => `export{${exports.get(file).map((name) => as(name, `_${merged.indexOf(file)}_${name}`)).join()}}from"${from}";`;
  const one = merged.map((file) => reexport(file, (name, alias) => `${name} as ${alias}`, `./${file}`)).join('\n');
  const stub = (file, from) => reexport(file, (name, alias) => `${alias} as ${name}`, from);
  const inFile = await build({ ...options, stdin: { contents: one, resolveDir: task }, plugins: [linking(task, merged)] });
  // External modules are resolved relative to shared/.
  writeFileSync(join(task, 'shared/merged.mjs'), inFile.outputFiles[0].text);
  for (const file of [...routers.map((router) => router.file), ...shared.keys()].filter((other) => !merged.includes(other))) {
    const from = file.startsWith('shared/') ? './merged.mjs' : '../shared/merged.mjs';
    const relinked = await build({ ...options, entryPoints: [join(task, file)], plugins: [linking(task, merged, (other) => stub(other, from))] });
    writeFileSync(join(task, file), relinked.outputFiles[0].text);
  }
  merged.forEach((file) => rmSync(join(task, file)));
  const index = readFileSync(join(task, 'index.mjs'), 'utf8');
  writeFileSync(join(task, 'index.mjs'), index.replace(/chunks:\[[^\]]*\]/, 'chunks:[()=>import("./shared/merged.mjs")]'));
}

/** The file contains merged chunks or their stubs. All other chunks stay external. */
function linking(task, merged, stub) {
  return { name: 'linking', setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /merged\.mjs$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = join(resolveDir, path).slice(task.length + 1);
      if (!merged.includes(file)) return { path, external: true };
      return stub && { path: file, namespace: 'stub' };
    });
    onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({ contents: stub(path), resolveDir: task }));
  } };
}

async function describe(task, files, options) {
  const { metafile } = await build({ ...options, external: ['*'], entryPoints: files.map((file) => join(task, file)), outdir: 'out', metafile: true });
  const outputs = Object.values(metafile.outputs);
  const chunksOf = ({ entryPoint, imports }) => imports.filter(({ kind, path }) => kind === 'import-statement' && path.startsWith('.')).map(({ path }) => join(dirname(entryPoint), path));
  return {
    exports: new Map(outputs.map(({ entryPoint, exports }) => [entryPoint, exports])),
    imports: new Map(outputs.map((output) => [output.entryPoint, chunksOf(output)])),
  };
}
