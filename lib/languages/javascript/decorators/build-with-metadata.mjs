// Runs esbuild with a plugin, which its synchronous API does not allow. TypeScript compiles the files whose decorators expect type metadata, and
// esbuild does everything else. It reads a MetadataBuild from stdin as JSON, and writes what esbuild returns to stdout as JSON.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname } from 'node:path';

const { esbuild, typescript, options, tsconfig, roots, decorator } = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(import.meta.url);
const ts = require(typescript);
const DECORATOR = new RegExp(decorator, 'm');

/** By tsconfig.json: its options, and a program that knows all types. */
const projects = new Map();

function projectOf(file) {
  const config = tsconfig ?? ts.findConfigFile(dirname(file), ts.sys.fileExists);
  if (!projects.has(config)) {
    projects.set(config, { options: optionsOf(config), roots: roots.filter((root) => root.tsconfig === config).map((root) => root.file) });
  }
  return projects.get(config);
}

/** TypeScript compiles only types and decorators. It leaves the rest to esbuild, which knows the target. */
function optionsOf(config) {
  if (config === undefined) return {};
  const { options: given } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dirname(config));
  return {
    ...given,
    target: ts.ScriptTarget.ESNext,
    useDefineForClassFields: definesFields(given),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler ?? ts.ModuleResolutionKind.NodeJs,
    jsx: ts.JsxEmit.Preserve,
    isolatedModules: false,
    sourceMap: false,
    inlineSourceMap: options.sourcemap === true,
    inlineSources: options.sourcemap === true,
    ...withEach(['noEmit', 'noEmitOnError', 'emitDeclarationOnly', 'declaration', 'composite', 'incremental'], false),
    ...withEach(['outDir', 'outFile', 'declarationDir', 'declarationMap', 'sourceRoot', 'tsBuildInfoFile'], undefined),
  };
}

/** The default depends on the target. From TypeScript 6 on, the default of the target is newer. */
function definesFields({ useDefineForClassFields, target = Number(ts.versionMajorMinor) >= 6 ? ts.ScriptTarget.ESNext : ts.ScriptTarget.ES5 }) {
  return useDefineForClassFields ?? target >= ts.ScriptTarget.ES2022;
}

function withEach(names, value) {
  return Object.fromEntries(names.map((name) => [name, value]));
}

function compile(file, project) {
  if (!project.program?.getSourceFile(file)) {
    project.roots = [...new Set([...project.roots, file])];
    project.program = ts.createProgram(project.roots, project.options, undefined, project.program);
  }
  let code;
  project.program.emit(project.program.getSourceFile(file), (_, text) => { code = text; });
  return code;
}

const metadata = {
  name: 'decorator-metadata',
  setup: ({ onLoad }) => onLoad({ filter: /\.[cm]?tsx?$/, namespace: 'file' }, ({ path: file }) => {
    if (/[\\/]node_modules[\\/]/.test(file) || !DECORATOR.test(readFileSync(file, 'utf8'))) return undefined;
    const project = projectOf(file);
    if (!project.options.emitDecoratorMetadata || !project.options.experimentalDecorators) return undefined;
    const contents = compile(file, project);
    return contents?.includes('"design:') ? { contents, loader: extname(file).endsWith('x') ? 'jsx' : 'js' } : undefined;
  }),
};

let answer;
try {
  const { outputFiles, metafile, warnings } = await require(esbuild).build({ ...options, plugins: [metadata] });
  const encoded = outputFiles.map(({ path, contents }) => ({ path, contents: Buffer.from(contents).toString('base64') }));
  answer = { outputFiles: encoded, metafile, warnings };
} catch ({ message, errors }) {
  answer = { failure: { message, errors } };
}
const bytes = Buffer.from(JSON.stringify(answer));
for (let written = 0; written < bytes.length;) written += writeSync(1, bytes, written);
process.exit();
