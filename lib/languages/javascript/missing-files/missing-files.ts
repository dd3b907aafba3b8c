import * as path from 'path';
import { Finding } from '../../../routers/built-code';

/** A source file of the bundle. */
export interface BundledSource {
  /** Relative to the project root. */
  readonly file: string;
  /** The package, or the file itself if it belongs to the project. */
  readonly origin: string;
  readonly text: string;
  /** The file of the asset that contains it. */
  readonly chunk: string;
}

/** The files that exist at synthesis and in Lambda. */
export interface Files {
  /** Whether `require` finds a module or a file from a source file. */
  resolves(specifier: string, from: string): boolean;
  /** Whether a file or directory exists in the project. */
  exists(file: string): boolean;
  /** Whether the asset has a file or directory. */
  inAsset(file: string): boolean;
}

interface Kind {
  /** The groups of a match are string literals: a path, or the parts of one. */
  readonly pattern: RegExp;
  readonly isMissing: (target: string, source: BundledSource, files: Files) => boolean;
  readonly verb: string;
  readonly advice: string;
}

const NATIVE = 'native code cannot be bundled; add the package to bundling.nodeModules, which installs it for the function';
const FILE = 'add it to the asset with bundling.files, or import it with a loader, like bundling.loader { ".txt": "text" }';
const PRISMA = 'generate the client with the engine in its code, as its documentation describes for bundlers, or add the engine in a layer';

const beside = (target: string, { file, chunk }: BundledSource, { exists, inAsset }: Files) => (
  exists(path.posix.join(path.posix.dirname(file), target)) && !inAsset(path.posix.join(path.posix.dirname(chunk), target))
);

/** Only string literals. The first kind that matches applies. */
const KINDS: readonly Kind[] = [
  { pattern: /(['"`])([^'"`\n]*(?:query_engine|query_compiler)[^'"`\n]*\.(?:node|wasm))\1/g, isMissing: () => true, verb: 'opens', advice: PRISMA },
  { pattern: /\brequire\(\s*(['"`])([^'"`\n]+\.node)\1\s*\)/g, isMissing: () => true, verb: 'loads', advice: NATIVE },
  {
    pattern: /\brequire\(\s*(['"`])(bindings|node-gyp-build|node-pre-gyp|@mapbox\/node-pre-gyp)\1\s*\)/g,
    isMissing: () => true,
    verb: 'loads native code with',
    advice: NATIVE,
  },
  { pattern: /\bnew URL\(\s*(['"`])([^'"`$:\n]+)\1\s*,\s*import\.meta\.url\s*\)/g, isMissing: beside, verb: 'opens', advice: FILE },
  { pattern: /\b(?:join|resolve)\(\s*__dirname((?:\s*,\s*(?:'[^'$\n]*'|"[^"$\n]*"))+)\s*,?\s*\)/g, isMissing: beside, verb: 'opens', advice: FILE },
  {
    pattern: /\brequire\.resolve\(\s*(['"`])([^'"`$\n]+)\1\s*\)/g,
    isMissing: (target, { file }, { resolves }) => resolves(target, file),
    verb: 'looks for',
    advice: FILE,
  },
];

/** What bundled code contains if one of the patterns matches its sources. */
const SUSPICIOUS = /\.node\b|\.wasm\b|bindings|node-gyp|pre-gyp|import\.meta\.url|__lazyDirname|require\.resolve/;

/** Whether the code of a chunk, without its banner, may look for files. */
export function mayMissFiles(code: string): boolean {
  return SUSPICIOUS.test(code);
}

/** Finds files that code looks for and the asset does not contain, once for each package in a chunk. */
export function missingFiles(sources: readonly BundledSource[], files: Files): Finding[] {
  const found = new Map<string, Finding>();
  for (const source of sources) {
    const { origin, chunk } = source;
    const key = `${chunk} ${origin}`;
    const missing = found.has(key) ? undefined : describeMissing(source, files);
    if (missing !== undefined) found.set(key, { chunk, id: `notInAsset-${origin}`, text: missing });
  }
  return [...found.values()];
}

function describeMissing(source: BundledSource, files: Files): string | undefined {
  for (const { pattern, isMissing, verb, advice } of KINDS) {
    const targets = [...source.text.matchAll(pattern)].map(([, parts, target]) => target ?? joined(parts));
    const missing = targets.find((target) => isMissing(target, source, files));
    if (missing === undefined) continue;
    const where = source.origin === source.file ? source.origin : `${source.origin} (${path.posix.basename(source.file)})`;
    return `${where} ${verb} "${missing}", which the asset may not contain; ${advice}; acknowledge this warning if your routers never run this code`;
  }
  return undefined;
}

/** `, 'views', 'index.html'` as a path. */
function joined(parts: string): string {
  return path.posix.join(...[...parts.matchAll(/['"]([^'"]*)['"]/g)].map(([, part]) => part));
}
