import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Architecture, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { ApiEndpoint, LazyPythonApiFunction, LazyPythonApiFunctionProps, PythonRouters } from '../../../lib';
import { newApp } from '../../support/app';
import { scratch, writeFiles } from '../../support/project';
import { somePython } from '../../support/python-tools';
import { WheelDirectory } from '../../support/wheels';

/** The architecture of this machine, and the other one. */
export const [OWN, OTHER] = process.arch === 'arm64' ? [Architecture.ARM_64, Architecture.X86_64] : [Architecture.X86_64, Architecture.ARM_64];

/** The Python that the tests run functions on, and its name in Lambda. */
export const PYTHON = somePython();
export const RUNTIME = new Runtime(`python${PYTHON.version}`, RuntimeFamily.PYTHON);

/** A handler that responds with an expression of Python. */
export function handler(expression: string, ...lines: readonly string[]): string {
  return [...lines, '', 'def router(event, context):', `    return {"statusCode": 200, "body": ${expression}}`, ''].join('\n');
}

export const FILES = {
  'pyproject.toml': '[project]\nname = "shop"\n',
  'api/__init__.py': '',
  'api/users.py': handler('f"{TEXT} first"', 'from greeting import TEXT'),
  'api/orders.py': handler('f"order {shared.VALUE} {MAIL.read_text()}"', 'from pathlib import Path', 'import shared', 'MAIL = Path(__file__).parent.parent / "templates/mail.txt"'),
  'shared.py': 'VALUE = 1\n',
  'templates/mail.txt': 'hello',
};

/** A project with a package in its lock file. */
export interface PythonProject {
  readonly root: string;
  readonly wheels: WheelDirectory;
}

export function pythonProject(files: { readonly [file: string]: string } = {}): PythonProject {
  const root = path.join(scratch(), 'a project');
  const wheels = new WheelDirectory(scratch());
  writeFiles(root, { ...FILES, 'requirements.txt': wheels.lock(wheels.publish('greeting', { 'greeting.py': 'TEXT = "hello"\n' })), ...files });
  return { root, wheels };
}

/** Synthesizes the project, and returns the directory of the assembly. */
export function synthPython(root: string, props: Partial<LazyPythonApiFunctionProps> = {}, app: App = newApp()): string {
  const routers = PythonRouters.fromDirectory(path.join(root, 'api'), { basePath: '/api' });
  const stack = new Stack(app, 'Shop');
  new LazyPythonApiFunction(stack, 'Api', { entry: root, routers, runtime: RUNTIME, architecture: OWN, endpoint: ApiEndpoint.http(), ...props });
  return app.synth().directory;
}
