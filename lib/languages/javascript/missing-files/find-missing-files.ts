import * as fs from 'fs';
import { builtinModules, createRequire } from 'module';
import * as path from 'path';
import { Finding } from '../../../routers/built-code';
import { BuildResult } from '../bundler';
import { withoutBanner } from '../esbuild/esbuild-options';
import { isExternal } from '../externals';
import { BundledSource, mayMissFiles, missingFiles } from './missing-files';
import { originOf } from '../origin';

/** Reads the sources of chunks that may look for files, and warns about files that they would not find in Lambda. */
export function findMissingFiles({ files, chunks }: BuildResult, projectRoot: string, externalModules: readonly string[] = []): Finding[] {
  const texts = new Map(files.map((file) => [file.path, file.contents]));
  const suspects = chunks.filter(({ file }) => mayMissFiles(withoutBanner(Buffer.from(texts.get(file)!).toString())));
  const sources = suspects.flatMap(({ file: chunk, inputs }) => Object.keys(inputs)
    .filter((file) => inputs[file] > 0 && originOf(file).kind !== 'library' && isReadable(path.join(projectRoot, file)))
    .map((file): BundledSource => ({ file, chunk, origin: originOf(file).name, text: fs.readFileSync(path.join(projectRoot, file), 'utf8') })));
  return missingFiles(sources, {
    exists: (file) => fs.existsSync(path.join(projectRoot, file)),
    inAsset: (file) => [...texts.keys()].some((other) => other === file || other.startsWith(`${file}/`)),
    resolves: (specifier, from) => !isExternal(specifier, [...externalModules, ...builtinModules, 'node:*'])
      && resolves(specifier, path.join(projectRoot, from)),
  });
}

/** Sources in one of Yarn's archives are not files. */
function isReadable(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function resolves(specifier: string, from: string): boolean {
  try {
    createRequire(from).resolve(specifier);
    return true;
  } catch {
    return false;
  }
}
