import * as fs from 'fs';
import * as path from 'path';
import { BundlingOptions } from './bundling-options';
import { originOf } from './origin';
import { tsconfigsOf } from './tsconfig';
import { parseGlob } from '../../routers/asset/glob';
import { upward } from '../../routers/project-root';

/** What decides a build, except packages: source files, each tsconfig.json that is there or would count, and what `bundling.files` names. */
export function watchedFiles(sources: readonly string[], projectRoot: string, { tsconfig, files = {} }: BundlingOptions): string[] {
  const own = sources.filter((source) => originOf(source).kind === 'project').map((source) => path.join(projectRoot, source));
  const configs = tsconfig === undefined ? nearbyConfigs(own, projectRoot) : [path.resolve(tsconfig)];
  const given = Object.values(files).map((typed) => path.resolve(fs.existsSync(typed) ? typed : parseGlob(typed)?.base ?? typed));
  return [...new Set([...own, ...configs.flatMap((config) => tsconfigsOf(config)), ...given])];
}

function nearbyConfigs(sources: readonly string[], projectRoot: string): string[] {
  const directories = new Set(sources.map((source) => path.dirname(source)));
  const above = new Set([...directories].flatMap((directory) => upToRoot(directory, projectRoot)));
  return [...above].map((directory) => path.join(directory, 'tsconfig.json'));
}

/** The directories that can have the tsconfig.json of a file. Those above the root of the project count if one is there. */
function upToRoot(directory: string, projectRoot: string): string[] {
  return upward(directory).filter((one) => one.startsWith(projectRoot) || fs.existsSync(path.join(one, 'tsconfig.json')));
}
