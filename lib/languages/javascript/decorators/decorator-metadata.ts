import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { LazyApiError } from '../../../private/errors';
import { compilerOptionsOf, findTsconfig } from '../tsconfig';

/** A source file whose decorators expect the types of what they decorate. */
export interface MetadataFile {
  readonly file: string;
  readonly tsconfig: string;
}

/** Where TypeScript code may have a decorator. A comment may look the same, so tsc decides. */
export const DECORATOR = /(?:^|[;}(,]|\{\s)\s*(?:export\s+(?:default\s+)?)?@[A-Za-z_$(]/m;

export const TYPESCRIPT = /\.[cm]?tsx?$/;

/**
 * The source files for which tsc would emit metadata, which esbuild does not support: those with decorators, below a tsconfig.json with
 * `emitDecoratorMetadata`. Like esbuild, it uses no tsconfig.json for packages.
 *
 * @param sources relative to the project root
 */
export function findMetadataFiles(sources: readonly string[], projectRoot: string, tsconfig?: string): MetadataFile[] {
  const emits = new Map<string, boolean>();
  return sources.filter((source) => TYPESCRIPT.test(source) && !/(^|\/)node_modules\//.test(source)).flatMap((source) => {
    const file = path.join(projectRoot, source);
    const config = tsconfig === undefined ? findTsconfig(file) : path.resolve(tsconfig);
    if (config === undefined) return [];
    if (!emits.has(config)) emits.set(config, emitsMetadata(config));
    return emits.get(config) && DECORATOR.test(fs.readFileSync(file, 'utf8')) ? [{ file, tsconfig: config }] : [];
  });
}

function emitsMetadata(tsconfig: string): boolean {
  const { emitDecoratorMetadata, experimentalDecorators } = compilerOptionsOf(tsconfig);
  return emitDecoratorMetadata === true && experimentalDecorators === true;
}

/** TypeScript 7 has no compiler API for JavaScript. Projects that use it also have TypeScript 6 under another name. */
const COMPILERS = ['typescript/lib/typescript.js', '@typescript/typescript6/lib/typescript.js'];

/** The module path of the project's own TypeScript, which compiles the file. */
export function findTypeScript({ file, tsconfig }: MetadataFile, projectRoot: string): string {
  const { resolve } = createRequire(file);
  for (const compiler of COMPILERS) {
    try {
      return resolve(compiler);
    } catch {
      // The next one may be installed.
    }
  }
  const [source, config] = [file, tsconfig].map((absolute) => path.relative(projectRoot, absolute).split(path.sep).join('/'));
  throw new LazyApiError(
    'DECORATOR_METADATA',
    `${source} has decorators, and ${config} sets emitDecoratorMetadata, which esbuild does not support: the project must have `
    + 'typescript before version 7 to compile such files, got none; run "npm install --save-dev @typescript/typescript6", '
    + 'or remove the setting and name the injected dependencies in the code',
  );
}
