import * as fs from 'fs';
import * as path from 'path';
import { BundlingOptions } from './bundling-options';
import { originOf } from './origin';
import { tsconfigsOf } from './tsconfig';
import { parseGlob } from '../../routers/asset/glob';
import { upward } from '../../routers/project-root';

/**
 * The files that determine a build, except packages: source files, each tsconfig.json that exists or would apply, and the files in `bundling.files`.
 */
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

/** The directories that can contain the tsconfig.json of a file. Directories above the project root count only if one of them has one. */
function upToRoot(directory: string, projectRoot: string): string[] {
  return upward(directory).filter((one) => one.startsWith(projectRoot) || fs.existsSync(path.join(one, 'tsconfig.json')));
}
