/**
 * What was tried to make the library's own builds faster, as peers of themselves: each changes files of a build. LOG.md has what they gave.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLazy, PreloadPolicy } from './library.mjs';

const variant = (describe, change, options = {}) => ({
  describe: `this library, ${describe}`,
  by: 'memory',
  build(app, outdir, { memoryMb }) {
    const built = buildLazy(app, join(outdir, 'cdk.out'), { memoryMb, ...options });
    const task = join(outdir, 'task');
    cpSync(built, task, { recursive: true });
    change((file, edit) => writeFileSync(join(task, file), edit(readFileSync(join(task, file), 'utf8'))), task);
    return task;
  },
});

const collectGarbage = (edit) => edit('index.mjs', (text) => text.replace('export{handler}', 'globalThis.gc?.();export{handler}'));

/** For calibrating what is preloaded. */
const SHARES = [0.03, 0.06, 0.1, 0.2, 0.35, 0.6, 1];

export const VARIANTS = {
  ...Object.fromEntries(SHARES.flatMap((share) => [
    [`shared${share}`, variant(`shared by ${share}`, () => {}, { preloadPolicy: PreloadPolicy.sharedBy(share) })],
    [`sharedGc${share}`, variant(`shared by ${share}, garbage collected`, collectGarbage, { preloadPolicy: PreloadPolicy.sharedBy(share) })],
  ])),
  gc: variant('the garbage collected at the end of INIT', collectGarbage),
  notMinified: variant('not minified', () => {}, { bundling: { minify: false } }),
  mainFirst: variant('CommonJS where a package has it', () => {}, { bundling: { mainFields: ['main', 'module'] } }),
  minorGc: variant('young garbage collected at the end of INIT', (edit) => edit('index.mjs', (text) => text.replace('export{handler}', 'globalThis.gc?.({type:"minor"});export{handler}'))),
};
