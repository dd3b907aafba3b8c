// Builds the native part of Lambda's runtime client from the C++ sources in its package. Each version is built once, into a folder that `npm ci` does
// not remove. Without a compiler, the tests use a stand-in; with LAZY_API_REQUIRE_NATIVE_CLIENT, this script fails instead.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lambdaNode = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test/lambda-node');
const ric = join(lambdaNode, 'node_modules/aws-lambda-ric');
const { version } = JSON.parse(readFileSync(join(ric, 'package.json'), 'utf8'));
const cache = join(lambdaNode, 'native');
const built = join(cache, `${version}-${process.platform}-${process.arch}.node`);
const nodes = ['22', '24'].map((major) => join(lambdaNode, `node_modules/node-${major}-${process.platform}-${process.arch}`));

const installed = join(ric, 'rapid-client.node');
const required = Boolean(process.env.LAZY_API_REQUIRE_NATIVE_CLIENT);

const problem = existsSync(installed) || existsSync(built) ? undefined : build();
if (problem) {
  console.log(`Lambda's native runtime client was not built (${problem})${required ? '' : ': the tests use a stand-in'}.`);
  if (required) process.exit(1);
} else if (!existsSync(installed)) {
  copyFileSync(built, installed);
}

/** Returns what went wrong, or undefined. */
function build() {
  if (process.platform !== 'linux') return 'it runs on Linux only';
  const missing = ['cmake', 'g++', 'make', 'python3', 'xz'].filter((tool) => spawnSync(tool, ['--version']).error);
  if (missing.length) return `${missing.join(', ')} missing`;
  console.log('building Lambda\'s native runtime client, which takes a minute ...');
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, 'build-'));
  try {
    cpSync(ric, directory, { recursive: true });
    // A copy inside the directory, so that its build output is also inside.
    cpSync(join(ric, '../node-addon-api'), join(directory, 'node_modules/node-addon-api'), { recursive: true });
    return run(directory, 'preinstall') ?? run(directory, 'postinstall') ?? check(directory) ?? keep(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The npm packages of Node.js contain the headers, so nothing is downloaded. The client's own scripts find node-gyp on npm's path. */
function run(cwd, script) {
  const { status, stderr } = spawnSync('sh', [`scripts/${script}.sh`], { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, npm_config_nodedir: nodes[0] } });
  if (status === 0) return undefined;
  if (required) console.error(stderr.split('\n').slice(-20).join('\n'));
  return `scripts/${script}.sh of aws-lambda-ric ${version} failed`;
}

/** One build must work with all versions of Node.js. */
function check(directory) {
  const script = `require(${JSON.stringify(join(directory, 'rapid-client.node'))})`;
  const failed = nodes.find((node) => spawnSync(join(node, 'bin/node'), ['-e', script], { env: { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' } }).status !== 0);
  return failed && `${failed} cannot load it`;
}

function keep(directory) {
  renameSync(join(directory, 'rapid-client.node'), built);
}
