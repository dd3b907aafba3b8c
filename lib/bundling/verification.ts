import { spawnSync, SpawnSyncReturns } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { Asset, writeAsset } from './asset';
import { MAIN_FILE } from './entry-source';
import { RouterKinds } from './manifest';
import { upward } from './project-root';
import { RouterKind } from '../contract/entry';
import { MANIFEST_FILE } from '../contract/manifest';

export interface Sandbox {
  /** The function's environment variables. */
  readonly environment: { readonly [name: string]: string };
  /** From here upward the modules are looked up that are external to the bundle. */
  readonly lookupDirectory: string;
}

/** A router that did not load. */
export interface LoadFailure {
  readonly prefix: string;
  readonly entry: string;
  /** The chunk whose evaluation failed, where it is known. */
  readonly chunk?: string;
  /** The module that was not found. */
  readonly missingModule?: string;
  /** Whether it is such a failure as an older Node.js has and a newer one has not. */
  readonly needsNewerNode?: boolean;
  /** What would help: another export, or a file that is not in the asset. */
  readonly advice?: 'export' | 'file';
  readonly message: string;
}

export interface LoadResult {
  /** Of the routers that loaded. */
  readonly kinds: RouterKinds;
  readonly failures: readonly LoadFailure[];
}

/** What verification-child.mjs writes, a line each time that a router's state changes. */
type Report =
  | { readonly prefix: string; readonly state: 'loading' }
  | { readonly prefix: string; readonly state: 'loaded'; readonly kind: RouterKind }
  | ({ readonly state: 'failed' } & Omit<LoadFailure, 'entry'>);

/** For loading all routers; each single one has ten seconds, as INIT has. */
const TIMEOUT_MS = 300_000;

/** How much of the process's output an error shows, in characters of each stream. */
const OUTPUT_SHOWN = 2000;

/**
 * Loads every router in a fresh process, from a copy of the asset with nothing around it: what is found only because a
 * node_modules lies above the sources is missing here, as it is in Lambda.
 */
export function loadEveryRouter(asset: Asset, externals: readonly string[], sandbox: Sandbox): LoadResult {
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  try {
    const directory = path.join(scratch, 'asset');
    const reports = path.join(scratch, 'reports');
    fs.mkdirSync(directory);
    fs.writeFileSync(reports, '');
    writeAsset(asset, directory);
    linkExternals(externals, sandbox.lookupDirectory, directory);

    const child = spawnSync(
      process.execPath,
      [path.join(__dirname, 'verification-child.mjs'), path.join(directory, MAIN_FILE), path.join(directory, MANIFEST_FILE), reports],
      { cwd: directory, env: lambdaEnvironment(sandbox, directory, scratch), encoding: 'utf8', timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
    );
    const states = lastStates(fs.readFileSync(reports, 'utf8'));
    return {
      kinds: new Map([...states].flatMap(([prefix, report]) => (report.state === 'loaded' ? [[prefix, report.kind]] : []))),
      failures: failuresOf(asset, states, endOf(child)).map((failure) => withoutDirectory(failure, directory)),
    };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** The last report of each router counts. One that is still loading took the process with it. */
function lastStates(reports: string): Map<string, Report> {
  return new Map(reports.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Report).map((report) => [report.prefix, report]));
}

function failuresOf({ manifest }: Asset, states: ReadonlyMap<string, Report>, end: string): LoadFailure[] {
  if (states.size === 0) return [{ prefix: 'all of them', entry: MAIN_FILE, message: end }];
  return manifest.routers.flatMap(({ prefix, entry, file }): LoadFailure[] => {
    const report = states.get(prefix);
    if (report?.state === 'failed') return [{ ...report, entry }];
    return report?.state === 'loading' ? [{ prefix, entry, chunk: file, message: `${end}, or what an earlier router had begun ended it` }] : [];
  });
}

/** How the process ended, with the last of what it said: why it did is on either stream. */
function endOf({ status, stdout, stderr, error }: SpawnSyncReturns<string>): string {
  if (status === null) return error ? `the process that loads it failed: ${error.message}` : 'the process that loads it was killed';
  const said = [stdout, stderr].map((text) => text.trim().slice(-OUTPUT_SHOWN)).filter(Boolean).join('\n');
  return `the process ended with exit code ${status} while it loaded${said && `, and said: ${said}`}`;
}

function withoutDirectory(failure: LoadFailure, directory: string): LoadFailure {
  const shorten = (text: string) => text.split(`${pathToFileURL(directory).href}/`).join('').split(`${directory}${path.sep}`).join('');
  return { ...failure, message: shorten(failure.message), missingModule: failure.missingModule && shorten(failure.missingModule) };
}

/** Modules that the user left out on purpose: the real ones where the project has them. */
function linkExternals(externals: readonly string[], lookupDirectory: string, asset: string): void {
  for (const name of new Set(externals.filter((specifier) => !/^[./]/.test(specifier)).map(packageName))) {
    const found = upward(lookupDirectory).map((directory) => path.join(directory, 'node_modules', name)).find((candidate) => fs.existsSync(candidate));
    const link = path.join(asset, 'node_modules', name);
    if (!found || fs.existsSync(link)) continue;
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(fs.realpathSync(found), link, 'junction');
  }
}

/** The package of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Nothing of the developer's own environment: what loads only thanks to it would fail in Lambda.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
function lambdaEnvironment({ environment }: Sandbox, asset: string, home: string): NodeJS.ProcessEnv {
  // It configures Lambda's process, not the routers: what it names may be in a layer, or known to a newer Node.js only.
  const { NODE_OPTIONS: _, ...variables } = environment;
  return {
    ...process.platform === 'win32' && { SystemRoot: process.env.SystemRoot },
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ACCESS_KEY_ID: 'verification',
    AWS_SECRET_ACCESS_KEY: 'verification',
    AWS_SESSION_TOKEN: 'verification',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'verification',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: asset,
    _HANDLER: 'index.handler',
    ...variables,
  };
}
