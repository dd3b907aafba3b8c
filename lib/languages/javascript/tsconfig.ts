import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { upward } from '../../routers/project-root';

type CompilerOptions = Readonly<Record<string, unknown>>;

interface TsconfigText {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: CompilerOptions;
}

/** The tsconfig.json that esbuild and tsc use for a file: the nearest one above it. */
export function findTsconfig(file: string): string | undefined {
  return upward(path.dirname(file)).map((directory) => path.join(directory, 'tsconfig.json')).find((candidate) => fs.existsSync(candidate));
}

/** The compiler options of a tsconfig.json and of those that it extends. A file that cannot be read has no options, and esbuild itself reports it. */
export function compilerOptionsOf(tsconfig: string, below: readonly string[] = []): CompilerOptions {
  if (below.includes(tsconfig)) return {};
  const { compilerOptions } = readTsconfig(tsconfig);
  return Object.assign({}, ...basesOf(tsconfig).map((base) => compilerOptionsOf(base, [...below, tsconfig])), compilerOptions) as CompilerOptions;
}

/** A tsconfig.json and those that it extends. */
export function tsconfigsOf(tsconfig: string, below: readonly string[] = []): string[] {
  if (below.includes(tsconfig)) return [];
  return [tsconfig, ...basesOf(tsconfig).flatMap((base) => tsconfigsOf(base, [...below, tsconfig]))];
}

function basesOf(tsconfig: string): string[] {
  const { extends: bases = [] } = readTsconfig(tsconfig);
  return [bases].flat().map((base) => resolveBase(base, tsconfig)).filter((base) => base !== undefined);
}

function readTsconfig(tsconfig: string): TsconfigText {
  try {
    return JSON.parse(withoutComments(fs.readFileSync(tsconfig, 'utf8'))) as TsconfigText;
  } catch {
    return {};
  }
}

const STRING = '("(?:\\\\.|[^"\\\\])*")';

function withoutComments(text: string): string {
  const keepStrings = (_: string, string: string | undefined) => string ?? '';
  const json = text.replace(/^\uFEFF/, '').replace(new RegExp(`${STRING}|//[^\\n]*|/\\*[^]*?\\*/`, 'g'), keepStrings);
  return json.replace(new RegExp(`${STRING}|,(?=\\s*[}\\]])`, 'g'), keepStrings);
}

/** A path, or a module of a package. The extension `.json` is optional. */
function resolveBase(base: string, tsconfig: string): string | undefined {
  const target = /^\.\.?(\/|$)/.test(base) ? path.resolve(path.dirname(tsconfig), base) : base;
  const { resolve } = createRequire(tsconfig);
  for (const candidate of [target, `${target}.json`, `${target}/tsconfig.json`]) {
    try {
      const found = resolve(candidate);
      if (found.endsWith('.json')) return found;
    } catch {
      // The next candidate may exist.
    }
  }
  return undefined;
}
