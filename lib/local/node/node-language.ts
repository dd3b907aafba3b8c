import * as path from 'node:path';
import { findRuntime } from './find-runtime';
import { nodeAsset } from './node-asset';
import { nodeCommand } from './node-command';
import { NodeRebuild } from './node-rebuild';
import { toVerifiableNode } from './to-verifiable';
import { codeFromRecipe } from '../../languages/javascript/code-from-recipe';
import { EMPTY_FUNCTION } from '../../languages/javascript/empty-function';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import type { LocalLanguage } from '../language/local-language';

const RUNTIME = /^nodejs(\d+)\.x$/;

/** Routers in TypeScript and JavaScript. */
export const NODE: LocalLanguage = {
  name: 'JavaScript',
  program: 'node',
  indexFile: 'index.mjs',
  inlineFile: 'index.js',
  emptyFunction: EMPTY_FUNCTION,
  defaultsOf: () => ({ handler: 'index.handler', runtime: 'nodejs24.x' }),
  hasRuntime: (runtime) => RUNTIME.test(runtime),
  findRuntime: (runtime, { node }) => findRuntime(Number(RUNTIME.exec(runtime)![1]), node),
  runtimeAt: (node) => ({ notes: [], command: (fn) => nodeCommand(node, fn) }),
  restoreCode,
  localAsset: nodeAsset,
  startRebuild: (api) => new NodeRebuild(api, () => restoreCode(api)),
  toVerifiable: (code, { node }) => toVerifiableNode(code, node),
};

function restoreCode({ directory, description: { code: { recipe }, function: fn } }: SynthesizedApi) {
  return codeFromRecipe(recipe, fn, (file) => path.resolve(directory, file));
}
