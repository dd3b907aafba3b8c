import * as path from 'path';
import { PLAIN_ENDPOINT } from '../../../lib/contract/endpoint';
import { DependencyInstaller } from '../../../lib/languages/python/dependencies/python-dependencies';
import { findHostPython } from '../../../lib/languages/python/interpreter/find-host-python';
import { PythonCode, PythonFunction, PythonTools } from '../../../lib/languages/python/python-code';
import { PythonRouters } from '../../../lib/languages/python/routers';
import { runtimeFiles } from '../../../lib/languages/python/runtime-files';
import { Build, BuildOptions, buildRouters } from '../../../lib/routers/build';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';
import { scratch, writeFiles } from '../../support/project';

/** The real package is tested in python/; synthesis needs only its outline. */
export const standIn = () => runtimeFiles(path.join(__dirname, 'stand-in', 'lazy_api'));

const NO_DEPENDENCIES: DependencyInstaller = {
  key: () => 'none',
  install: () => ({ files: [], distributions: [], missingOnHost: [], warnings: [] }),
};

export const TOOLS: PythonTools = {
  installer: NO_DEPENDENCIES, compile: () => ({ files: [], warnings: [] }), findPython: findHostPython, runtime: standIn,
};

/** The Python that runs the tests, as the function's runtime. */
export const RUNTIME = `python${findHostPython('3.13').version}`;

/** A project of the user's, with the application in `backend`. Returns that directory. */
export function backend(files: { readonly [file: string]: string }): string {
  const root = path.join(scratch(), 'app');
  writeFiles(root, { 'pyproject.toml': '[project]\nname = "app"\n' });
  writeFiles(path.join(root, 'backend'), files);
  return path.join(root, 'backend');
}

/** A Lambda proxy handler that answers with its name, behind other lines. */
export function handlerModule(name: string, ...lines: readonly string[]): string {
  return [...lines, '', '', 'def router(event, context):', `    return {"statusCode": 200, "body": "${name}"}`, ''].join('\n');
}

/** An application that includes routers lazily, as ASGI knows it. */
export function appModule(routers: { readonly [prefix: string]: string }, ...lines: readonly string[]): string {
  return [
    'from lazy_api import include_lazy_routers', ...lines, '', '', 'async def app(scope, receive, send):', '    pass', '', '',
    `include_lazy_routers(app, ${JSON.stringify(routers)})`, '',
  ].join('\n');
}

interface CodeOptions extends Partial<PythonFunction> {
  readonly app?: string;
  readonly routers?: PythonRouters;
  readonly exclude?: readonly string[];
  readonly projectRoot?: string;
  readonly tools?: Partial<PythonTools>;
}

export function python(entry: string, { app, routers, exclude, projectRoot, tools, ...fn }: CodeOptions = {}): PythonCode {
  const declared = routers ?? PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api' });
  const application = { entry, app, routers: declared, exclude, projectRoot };
  return new PythonCode(application, { runtime: RUNTIME, architecture: 'arm64', environment: {}, ...fn }, { ...TOOLS, ...tools });
}

/** A build without CDK. */
export function built(code: PythonCode, options: Partial<BuildOptions> = {}): Build {
  return buildRouters(code, { entry: { traits: PLAIN_ENDPOINT }, preload: PreloadPolicy.memoryAware(), memoryMb: 1024, ...options });
}

export function indexOf({ code, plan }: Build): string {
  return Buffer.from(code.renderIndex(plan, new Map())[0].contents).toString();
}
