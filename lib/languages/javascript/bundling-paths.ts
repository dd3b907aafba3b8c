import * as path from 'path';
import { BundlingOptions } from './bundling-options';

/** Maps every path in the options, which is relative to the directory in which the CDK app runs. */
export function mapPaths(options: BundlingOptions, map: (file: string) => string): BundlingOptions {
  const { projectRoot, tsconfig, inject, files, alias } = options;
  return {
    ...options,
    ...projectRoot !== undefined && { projectRoot: map(projectRoot) },
    ...tsconfig !== undefined && { tsconfig: map(tsconfig) },
    ...inject && { inject: inject.map(map) },
    ...files && { files: mapValues(files, map) },
    ...alias && { alias: mapValues(alias, (target) => isPath(target) ? map(target) : target) },
  };
}

/** Other targets of aliases are packages. */
function isPath(target: string): boolean {
  return /^\.\.?(\/|$)/.test(target) || path.isAbsolute(target);
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
