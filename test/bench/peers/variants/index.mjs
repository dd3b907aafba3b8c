/**
 * Variants of the library's own builds, as peers: attempts to make them faster, and measurements of where time goes. LOG.md has the results.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillCompileCache } from './compile-cache.mjs';
import { mergePreloaded } from './merged.mjs';
import { pack } from './packed.mjs';
import { scaledClinic } from '../../apps/clinic.mjs';
import { buildLazy, PreloadPolicy } from '../library.mjs';

/** `change` receives the folder of the code, and a function that edits one of its files. */
const variant = (describe, change = () => {}, options = {}) => ({
  describe: `this library, ${describe}`,
  by: 'memory',
  async build(app, outdir, { memoryMb }) {
    const built = buildLazy(app, join(outdir, 'cdk.out'), { memoryMb, ...typeof options === 'function' ? options(app, outdir, memoryMb) : options });
    const task = join(outdir, 'task');
    cpSync(built, task, { recursive: true });
    await change(task, (file, edit) => writeFileSync(join(task, file), edit(readFileSync(join(task, file), 'utf8'))), memoryMb);
    return task;
  },
});

const editIndex = (edit) => (task, editFile) => editFile('index.mjs', edit);

const beforeHandler = (statement) => editIndex((text) => replaceOnce(text, /export\{handler\}/, (found) => statement + found));

const reverseChunks = (index) => replaceOnce(index, /chunks:\[([^\]]*)\]/, (_, list) => `chunks:[${list.split(',').reverse()}]`);

/** Throws if a variant changes nothing, because its measurement would be useless. */
function replaceOnce(text, pattern, by) {
  if (!pattern.test(text)) throw new Error(`nothing like ${pattern} in ${text.slice(0, 200)}`);
  return text.replace(pattern, by);
}

/** Appends the index to the module that it imports. */
function joinEntry(task, editFile) {
  const main = readFileSync(join(task, 'main.mjs'), 'utf8');
  const [exported, handler, init] = /export\{(\S+) as handler,(\S+) as init[^}]*\};/.exec(main);
  editFile('index.mjs', (index) => main.replace(exported, '') + index.replace(/^import.*/, '').replace('await init', `await ${init}`).replace('export{handler}', `export{${handler} as handler}`));
}

/** The router that adds the least code to what the plan loads in INIT. */
const oneRouter = (app, outdir, memoryMb) => {
  const manifest = JSON.parse(readFileSync(join(buildLazy(app, join(outdir, 'first'), { memoryMb }), 'manifest.json'), 'utf8'));
  const bytes = new Map([...manifest.routers, ...manifest.sharedChunks].map((chunk) => [chunk.file, chunk.bytes]));
  const lazy = new Set(manifest.preload.decisions.filter(({ preload }) => !preload).map(({ file }) => file));
  const missing = ({ chunks }) => chunks.filter((file) => lazy.has(file)).reduce((sum, file) => sum + bytes.get(file), 0);
  const [{ prefix }] = [...manifest.routers].sort((a, b) => missing(a) - missing(b));
  return { routers: app.routers.map((router) => ({ ...router, preload: router.prefix === prefix })) };
};

/** The shares that calibrate the preload policy. */
const SHARES = [0.03, 0.06, 0.1, 0.2, 0.35, 0.6, 1];

export const VARIANTS = {
  same: variant('the same again'),
  ...Object.fromEntries(SHARES.map((share) => [`shared${share}`, variant(`shared by ${share}`, undefined, { preloadPolicy: PreloadPolicy.sharedBy(share) })])),
  notIncluded: variant('without naming the packages that are imported dynamically', undefined, { preloadPolicy: PreloadPolicy.memoryAware() }),
  oneRouter: variant('one router loaded in INIT', undefined, oneRouter),
  gc: variant('the garbage collected at the end of INIT', beforeHandler('globalThis.gc?.();')),
  minorGc: variant('young garbage collected at the end of INIT', beforeHandler('globalThis.gc?.({type:"minor"});')),
  notMinified: variant('not minified', undefined, { bundling: { minify: false } }),
  mainFirst: variant('CommonJS where a package has it', undefined, { bundling: { mainFields: ['main', 'module'] } }),
  production: variant('the condition "production" beside "module"', undefined, { bundling: { conditions: ['module', 'production'] } }),
  noModuleCondition: variant('without the condition "module"', undefined, { bundling: { conditions: ['node'] } }),
  merged: variant('what INIT loads in one file', (task) => mergePreloaded(task)),
  mergedSmall: variant('what INIT loads, and chunks below 10 KB, in one file', (task) => mergePreloaded(task, 10_000)),
  packed: variant('small chunks in one file, handed out by a hook', pack),
  reversed: variant('preloaded in the opposite order', editIndex(reverseChunks)),
  oneEntry: variant('the entry and its index in one file', joinEntry),
  compileCache: {
    ...variant('V8\'s code cache beside it', (task, _, memoryMb) => fillCompileCache(task, join(task, '.cache'), memoryMb)),
    env: () => ({ NODE_COMPILE_CACHE: './.cache' }),
  },
  of300: {
    describe: 'this library, the same router of 300',
    by: 'memory',
    build: (app, outdir, { memoryMb }) => buildLazy(scaledClinic(outdir, 300), join(outdir, 'cdk.out'), { memoryMb }),
  },
};
