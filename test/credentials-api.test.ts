import { execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { setTimeout as wait } from 'timers/promises';
import { BIN } from './cli/support';
import { lambdaPythons } from './lambda-python';
import { EXAMPLES } from './support/examples';
import { scratch } from './support/project';
import { directoryWith } from './support/python-tools';

const EXAMPLE = path.join(EXAMPLES, 'credentials-api');

/** A process that hangs fails its test instead of the run. */
const TIMEOUT_MS = 110_000;

/** The one that the demo prefers, so that the built asset loads in it. */
const PYTHON = lambdaPythons.find(({ runtime }) => runtime === 'python3.13') ?? lambdaPythons[0];

let output: string;

beforeAll(() => { output = run(process.execPath, [path.join(EXAMPLE, 'demo', 'index.mjs'), '--routers', 'licenses,reports'], process.cwd()); });

test('the demo compares a cold start of each router with those of a monolith and of a middleware', () => {
  const figures = (count: number) => `( +\\d+(\\.\\d)?){${count}}`;
  for (const row of ['licenses', 'reports', 'mean']) {
    expect(output).toMatch(new RegExp(`^${row}${figures(4)} \\|${figures(4)} +\\d\\.\\d\\d \\|${figures(4)} +\\d\\.\\d\\d$`, 'm'));
  }
  expect(output).toContain('30 FastAPI routers');
  expect(output).toMatch(/takes \d\.\d\d of the monolith's time and \d\.\d\d of the middleware's in the mean over 2 routers/);
});

test('the demo ends with a command that serves the example', () => {
  const [, app] = /npx lazy-api dev --app (.+)$/m.exec(output)!;
  expect(fs.existsSync(path.join(app, 'manifest.json'))).toBe(true);
});

describe('the tests of the example pass', () => {
  test('against the application', () => expect(pytest()).toMatch(/^1\d\d passed in /m));

  test('against the built asset', () => {
    const assembly = path.join(EXAMPLE, 'cdk.out');
    const [asset] = fs.readdirSync(assembly).filter((name) => name.startsWith('asset.'));
    expect(pytest(`--asset=${path.join(assembly, asset)}`)).toMatch(/^1\d\d passed, \d+ deselected in /m);
  });

  test('against lazy-api dev', async () => {
    // The sample data is in the memory of one environment. A file takes output while this process waits for the tests.
    const log = path.join(scratch(), 'log.txt');
    const args = ['dev', '--app', path.join(EXAMPLE, 'cdk.out'), '--port', '0', '--concurrency', '1'];
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', fs.openSync(log, 'w'), 'ignore'] });
    try {
      expect(pytest(`--base-url=${await urlIn(log)}`)).toMatch(/^1\d\d passed, \d+ deselected in /m);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

async function urlIn(log: string): Promise<string> {
  for (let end = Date.now() + TIMEOUT_MS; Date.now() < end; await wait(50)) {
    const [url] = /http:\/\/localhost:\d+/.exec(fs.readFileSync(log, 'utf8')) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`lazy-api dev does not serve: ${fs.readFileSync(log, 'utf8')}`);
}

function pytest(...args: string[]): string {
  const environment = path.join(__dirname, 'lambda-python', '.cache', `credentials-api-${PYTHON.runtime}`);
  const uv = ['run', '--quiet', '--locked', '--python', PYTHON.path, 'pytest', '--quiet', '-p', 'no:cacheprovider', ...args];
  return run(path.join(directoryWith('uv'), 'uv'), uv, path.join(EXAMPLE, 'backend'), { UV_PROJECT_ENVIRONMENT: environment });
}

function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', timeout: TIMEOUT_MS, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
}
