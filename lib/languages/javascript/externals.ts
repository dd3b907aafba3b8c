import * as fs from 'fs';
import * as path from 'path';
import { upward } from '../../routers/project-root';

/** Whether one of these patterns leaves a module out of the bundle: the module itself, a path below it, or by the wildcard `*`. */
export function isExternal(name: string, patterns: readonly string[] = []): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(escape).join('.*')}(/.*)?$`).test(name));
}

/** Whether Lambda's runtime has a module: the AWS SDK and what belongs to it. */
export function isInLambda(name: string): boolean {
  return /^@(aws-sdk|smithy)\//.test(name);
}

/** The package of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Links modules that the user left out of the bundle into a copy of the asset, if the project has them. */
export function linkExternals(externals: readonly string[], lookupDirectory: string, asset: string): void {
  for (const name of new Set(externals.filter((specifier) => !/^[./]/.test(specifier)).map(packageName))) {
    const candidates = upward(lookupDirectory).map((directory) => path.join(directory, 'node_modules', name));
    const found = candidates.find((candidate) => fs.existsSync(candidate));
    const link = path.join(asset, 'node_modules', name);
    if (!found || fs.existsSync(link)) continue;
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(fs.realpathSync(found), link, 'junction');
  }
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
