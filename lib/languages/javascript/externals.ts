import * as fs from 'fs';
import * as path from 'path';
import { findPackage } from './find-package';
import { upward } from '../../routers/project-root';

/** Whether one of these patterns excludes a module from the bundle: the module itself, a path below it, or a match of the wildcard `*`. */
export function isExternal(name: string, patterns: readonly string[] = []): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(escape).join('.*')}(/.*)?$`).test(name));
}

/** Whether Lambda's runtime includes a module: the AWS SDK and its packages. */
export function isInLambda(name: string): boolean {
  return /^@(aws-sdk|smithy)\//.test(name);
}

/** The package of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The installed packages that these patterns exclude from the bundle. Patterns for everything or for paths do not name a package. */
export function installedExternals(patterns: readonly string[], lookupDirectory: string): string[] {
  return patterns.filter((pattern) => /^(@[^/*]+\/)?[^./*@][^*]*\*?$|^@[^/*]+\/\*$/.test(pattern)).flatMap((pattern) => {
    if (!pattern.includes('*')) return [packageName(pattern)];
    const scope = pattern.startsWith('@') ? pattern.split('/')[0] : '';
    const folders = upward(lookupDirectory).map((directory) => path.join(directory, 'node_modules', scope));
    const names = folders.filter((folder) => fs.existsSync(folder)).flatMap((folder) => fs.readdirSync(folder));
    return names.map((name) => path.posix.join(scope, name)).filter((name) => isExternal(name, [pattern]));
  });
}

/** Links modules that the user excluded from the bundle into a copy of the asset, if the project has them. */
export function linkExternals(externals: readonly string[], lookupDirectory: string, asset: string): void {
  for (const name of new Set(externals.filter((specifier) => !/^[./]/.test(specifier)).map(packageName))) {
    const found = findPackage(name, lookupDirectory);
    const link = path.join(asset, 'node_modules', name);
    if (!found || fs.existsSync(link)) continue;
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(fs.realpathSync(found), link, 'junction');
  }
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
