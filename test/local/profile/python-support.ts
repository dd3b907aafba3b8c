import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { LazyPythonApiFunction, LazyPythonApiFunctionProps, PythonRouters } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { SynthesizedApi } from '../../../lib/local/assembly/synthesized-api';
import { backend, RUNTIME } from '../../languages/python/python-project';
import { newApp } from '../../support/app';
import { scratch, writeFiles } from '../../support/project';
import { WheelDirectory } from '../../support/wheels';

const router = (name: string, ...lines: readonly string[]) => [
  ...lines, '', '', 'def router(event, context):', `    return {"statusCode": 200, "body": "${name}"}`, '',
].join('\n');

/** Three routers. Two share a module, and one of these imports a package. */
export const PYTHON_SHOP = {
  'api/health.py': router('health', 'import csv'),
  'api/orders.py': router('orders', 'from shared import prices', 'from tax import rates'),
  'api/users.py': router('users', 'from shared import prices'),
  'shared/__init__.py': '',
  'shared/prices.py': `${'# a line of a module\n'.repeat(100)}PRICES = {}\n`,
};

/** The same API with a router that imports a package of 300 KB, through another module. */
export const HEAVY_SHOP = {
  ...PYTHON_SHOP,
  'api/users.py': router('users', 'from shared import export, prices'),
  'shared/export.py': 'import heavy_frames\n',
};

/** Synthesizes an app with the routers in api/ and the packages `sales-tax` (imported as `tax`) and `heavy-frames`. */
export function synthesizePython(
  files: { readonly [file: string]: string } = PYTHON_SHOP, props: Partial<LazyPythonApiFunctionProps> = {},
): SynthesizedApi {
  const entry = backend(files);
  const wheels = new WheelDirectory(path.join(scratch(), 'wheels'));
  const locked = [
    wheels.publish('sales-tax', { 'tax/__init__.py': '', 'tax/rates.py': 'RATES = 7\n' }),
    wheels.publish('heavy-frames', { 'heavy_frames/__init__.py': 'from heavy_frames import data\n', 'heavy_frames/data.py': `DATA = "${'x'.repeat(300_000)}"\n` }),
  ];
  writeFiles(path.dirname(entry), { 'requirements.txt': wheels.lock(...locked) });
  const app = newApp();
  const routers = PythonRouters.fromDirectory(path.join(entry, 'api'), { basePath: '/api' });
  const architecture = process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;
  const runtime = new Runtime(RUNTIME, RuntimeFamily.PYTHON);
  new LazyPythonApiFunction(new Stack(app, 'Shop'), 'Api', { entry, routers, runtime, architecture, memorySize: 1024, ...props });
  return findApis(app.synth().directory)[0];
}
