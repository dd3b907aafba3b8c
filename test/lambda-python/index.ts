/**
 * The versions of Python that Lambda runs and this machine has, each with Lambda's runtime client: scripts/install-lambda-python.mjs installs them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeCommand } from '../../lib/local/lambda/local-function';
import { pythonCommand } from '../../lib/local/python/python-command';
import { TestEnvironment } from '../lambda-node/environment';

export interface LambdaPython {
  /** Lambda's name of the runtime. */
  readonly runtime: string;
  /** Whether the stand-in of local commands replaces the native part of the runtime client. */
  readonly hasStandIn?: boolean;
  /** The interpreter of the virtual environment. */
  readonly path: string;
}

export const lambdaPythons: LambdaPython[] = ['3.11', '3.12', '3.13', '3.14'].flatMap(locate);

if (lambdaPythons.length === 0) {
  throw new Error('found no Python with Lambda\'s runtime client: run "node scripts/install-lambda-python.mjs"');
}

/** The directory has the generated `lazy_api_index.py`. */
export function startPython({ path, runtime, hasStandIn }: LambdaPython, directory: string, environment: Readonly<Record<string, string>>): Promise<TestEnvironment> {
  const handler = 'lazy_api_index.handler';
  const fn = { name: 'api', directory, handler, memoryMb: 1024, timeoutMs: 60_000, environment, region: 'eu-central-1' };
  return TestEnvironment.run(fn, hasStandIn ? pythonCommand(path, runtime, fn) : nativeCommand(path, handler));
}

/** Lambda's own bootstrap does the same, and puts the directory of the code in front of the path. */
function nativeCommand(python: string, handler: string): RuntimeCommand {
  return { command: python, args: ['-m', 'awslambdaric', handler], environment: {} };
}

function locate(version: string): LambdaPython[] {
  const folder = join(__dirname, '.cache', `${version}-${process.platform}-${process.arch}`);
  const path = join(folder, ...process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']);
  return existsSync(path) ? [{ runtime: `python${version}`, path }] : [];
}
